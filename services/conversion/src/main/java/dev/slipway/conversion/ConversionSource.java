package dev.slipway.conversion;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.store.artifact.ArtifactStore;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/** Fetches what a conversion is made of: the ONNX model and the test split of the dataset that it was trained on. */
@Singleton
final class ConversionSource {
    private final Provider<RegistryApi> registry;
    private final Provider<DatasetApi> datasets;
    private final ArtifactStore artifacts;
    private final ConversionSettings settings;

    ConversionSource(
            Provider<RegistryApi> registry,
            Provider<DatasetApi> datasets,
            ArtifactStore artifacts,
            ConversionSettings settings) {
        this.registry = registry;
        this.datasets = datasets;
        this.artifacts = artifacts;
        this.settings = settings;
    }

    ModelVersion version(ModelVersionId id) {
        Entity<ModelVersionId, ModelVersion> version = registry.get().version(id);
        if (version == null) {
            throw SlipwayException.notFound("model-version.unknown", "The model version " + id + " is gone.");
        }
        return version.body();
    }

    byte[] onnx(ModelVersion version) {
        return read(version.onnx());
    }

    TestSplit testSplit(DatasetVersionId id) {
        Entity<DatasetVersionId, DatasetVersion> version = datasets.get().version(id);
        if (version == null) {
            throw SlipwayException.notFound(
                    "dataset-version.unknown",
                    "The dataset version " + id + " is gone, so the converted file can't be verified on it.");
        }
        Split split = version.body().splits().get(SplitName.TEST);
        if (split == null) {
            throw SlipwayException.invalid(
                    "conversion.test-split", "The dataset version " + id + " has no test split to verify on.");
        }
        return new TestSplit(tensor(split.samples()), tensor(split.labels()));
    }

    private Tensor tensor(Digest npy) {
        return Npy.read(read(npy));
    }

    private byte[] read(Digest digest) {
        return artifacts.read(digest, settings.maximumArtifactSize());
    }
}
