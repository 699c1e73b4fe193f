package dev.slipway.registry.gates;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/** Fetches what a judgement needs: ONNX models and the pinned test set. */
@Singleton
final class GateMaterial {
    private final Provider<DatasetApi> datasets;
    private final ArtifactStore artifacts;
    private final int maximumSize;

    GateMaterial(
            Provider<DatasetApi> datasets,
            ArtifactStore artifacts,
            @Value("${slipway.registry.maximum-artifact-size:536870912}") int maximumSize) {
        this.datasets = datasets;
        this.artifacts = artifacts;
        this.maximumSize = maximumSize;
    }

    byte[] onnx(Digest digest) {
        return artifacts.read(digest, maximumSize);
    }

    TestSet testSet(DatasetVersionId id) {
        Entity<DatasetVersionId, DatasetVersion> version = datasets.get().version(id);
        Split split = version == null ? null : version.body().splits().get(SplitName.TEST);
        if (split == null) {
            throw SlipwayException.notFound(
                    "registry.test-set",
                    "The pinned test set, dataset version " + id + ", is gone or has no test split.");
        }
        return new TestSet(
                Npy.read(artifacts.read(split.samples(), maximumSize)),
                Npy.read(artifacts.read(split.labels(), maximumSize)));
    }
}
