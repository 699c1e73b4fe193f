package dev.slipway.training.artifact;

import dev.slipway.api.training.ArtifactHome;
import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.api.training.ArtifactsApi;
import dev.slipway.api.training.PutArtifact;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.training.mlflow.OwnedArtifacts;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** The contract of the tree of artifacts. */
@Controller(ArtifactsApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class ArtifactsController implements ArtifactsApi {
    private final ArtifactTree tree;
    private final ArtifactStore artifacts;
    private final OwnedArtifacts owned;

    ArtifactsController(ArtifactTree tree, ArtifactStore artifacts, OwnedArtifacts owned) {
        this.tree = tree;
        this.artifacts = artifacts;
        this.owned = owned;
    }

    @Override
    public @Nullable ArtifactInfo find(String path) {
        return tree.find(ArtifactPath.of(path)).orElse(null);
    }

    @Override
    public @Nullable ArtifactHome home(String owner) {
        return owned.home(owner).orElse(null);
    }

    @Override
    public Page<ArtifactInfo> list(String path, int limit, @Nullable String cursor) {
        return tree.list(ArtifactPath.of(path), limit, cursor);
    }

    @Override
    public ArtifactInfo put(PutArtifact request) {
        long size = artifacts
                .size(request.artifact())
                .orElseThrow(() -> SlipwayException.notFound(
                        "artifact.unknown", "There is no artifact " + request.artifact() + "; put its bytes first."));
        return tree.put(ArtifactPath.of(request.path()), new Artifact(request.artifact(), size));
    }

    @Override
    public void delete(String path) {
        tree.delete(ArtifactPath.of(path));
    }
}
