package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Role;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.runtime.files.RequestBytes;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.training.artifact.ArtifactTree;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The files that MLflow's clients leave to their server. */
@Controller(ProxiedArtifactsController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class ProxiedArtifactsController {
    static final String PATH = "/api/2.0/mlflow-artifacts/artifacts";

    private final ArtifactTree tree;
    private final ArtifactStore artifacts;
    private final ArtifactFolders folders;
    private final ArtifactFiles files;

    ProxiedArtifactsController(
            ArtifactTree tree, ArtifactStore artifacts, ArtifactFolders folders, ArtifactFiles files) {
        this.tree = tree;
        this.artifacts = artifacts;
        this.folders = folders;
        this.files = files;
    }

    @Get
    FileListMessage list(@Nullable @QueryValue String path) {
        return folders.all(path == null ? ArtifactPath.ROOT : ArtifactPath.of(path));
    }

    @Get(value = "/{+path}", headRoute = false)
    HttpResponse<?> get(HttpRequest<?> request, @PathVariable String path) {
        return files.send(request, ArtifactPath.of(path));
    }

    @Head("/{+path}")
    HttpResponse<?> head(HttpRequest<?> request, @PathVariable String path) {
        return files.send(request, ArtifactPath.of(path));
    }

    /** The bytes stream to where they stay, and are there before anything leads to them. */
    @Put("/{+path}")
    @Consumes(MediaType.ALL)
    @Allowed(Role.ENGINEER)
    Empty put(ServerHttpRequest<?> request, @PathVariable String path) throws IOException {
        ArtifactPath place = ArtifactPath.of(path);
        try (InputStream bytes = RequestBytes.of(request)) {
            Artifact artifact = artifacts.put(bytes, Optional.empty());
            tree.put(place, artifact);
        }
        return Empty.ANSWER;
    }

    @Delete("/{+path}")
    @Allowed(Role.ENGINEER)
    Empty delete(@PathVariable String path) {
        tree.delete(ArtifactPath.of(path));
        return Empty.ANSWER;
    }
}
