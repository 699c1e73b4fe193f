package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.api.Required;
import dev.slipway.kernel.Role;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.runtime.files.RequestBytes;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.training.artifact.ArtifactTree;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The artifacts of runs and logged models, by paths below theirs. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class RunArtifactsController {
    private final OwnedArtifacts owned;
    private final ArtifactFolders folders;
    private final ArtifactFiles files;
    private final ArtifactTree tree;
    private final ArtifactStore artifacts;

    RunArtifactsController(
            OwnedArtifacts owned,
            ArtifactFolders folders,
            ArtifactFiles files,
            ArtifactTree tree,
            ArtifactStore artifacts) {
        this.owned = owned;
        this.folders = folders;
        this.files = files;
        this.tree = tree;
        this.artifacts = artifacts;
    }

    @Get("/api/2.0/mlflow/artifacts/list")
    FileListMessage list(
            @Nullable @QueryValue("run_id") String runId,
            @Nullable @QueryValue("run_uuid") String runUuid,
            @Nullable @QueryValue String path,
            @Nullable @QueryValue("page_token") String pageToken) {
        return list(owned.root(RunIds.of(runId, runUuid)), path, pageToken);
    }

    @Get("/api/2.0/mlflow/logged-models/{modelId}/artifacts/directories")
    FileListMessage listModel(
            String modelId,
            @Nullable @QueryValue("artifact_directory_path") String path,
            @Nullable @QueryValue("page_token") String pageToken) {
        return list(owned.root(modelId), path, pageToken);
    }

    private FileListMessage list(OwnedArtifacts.Root root, @Nullable String path, @Nullable String pageToken) {
        ArtifactPath below = path == null ? ArtifactPath.ROOT : ArtifactPath.of(path);
        return folders.page(root.path().resolve(below), below, root.uri(), pageToken);
    }

    @Get(value = "/get-artifact", headRoute = false)
    HttpResponse<?> get(
            HttpRequest<?> request,
            @Nullable @QueryValue("run_id") String runId,
            @Nullable @QueryValue("run_uuid") String runUuid,
            @Nullable @QueryValue String path) {
        Required.part("path", path);
        ArtifactPath below = ArtifactPath.of(path);
        return files.send(request, owned.root(RunIds.of(runId, runUuid)).path().resolve(below));
    }

    @Head("/get-artifact")
    HttpResponse<?> head(
            HttpRequest<?> request,
            @Nullable @QueryValue("run_id") String runId,
            @Nullable @QueryValue("run_uuid") String runUuid,
            @Nullable @QueryValue String path) {
        return get(request, runId, runUuid, path);
    }

    @Get("/api/2.0/mlflow/logged-models/{modelId}/artifacts/files")
    HttpResponse<?> getOfModel(
            HttpRequest<?> request, String modelId, @Nullable @QueryValue("artifact_file_path") String path) {
        Required.part("artifact_file_path", path);
        ArtifactPath below = ArtifactPath.of(path);
        return files.send(request, owned.root(modelId).path().resolve(below));
    }

    /** What MLflow's own page sends. */
    @Post("/api/2.0/mlflow/upload-artifact")
    @Consumes(MediaType.ALL)
    @Allowed(Role.ENGINEER)
    Empty upload(
            ServerHttpRequest<?> request,
            @Nullable @QueryValue("run_uuid") String runUuid,
            @Nullable @QueryValue String path)
            throws IOException {
        Required.part("path", path);
        ArtifactPath place = owned.root(RunIds.of(runUuid, null)).path().resolve(ArtifactPath.of(path));
        try (InputStream bytes = RequestBytes.of(request)) {
            tree.put(place, artifacts.put(bytes, Optional.empty()));
        }
        return Empty.ANSWER;
    }
}
