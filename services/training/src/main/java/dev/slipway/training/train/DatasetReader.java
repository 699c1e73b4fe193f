package dev.slipway.training.train;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.dataset.Statistics;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.context.BeanProvider;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;

/** Reads dataset versions and the samples of their splits. */
@Singleton
final class DatasetReader {
    static final int MAX_SPLIT_BYTES = 1 << 30;

    private final BeanProvider<DatasetApi> datasets;
    private final ArtifactStore artifacts;

    DatasetReader(BeanProvider<DatasetApi> datasets, ArtifactStore artifacts) {
        this.datasets = datasets;
        this.artifacts = artifacts;
    }

    /** The version, or {@code dataset-version.unknown}. */
    DatasetVersion version(@Nullable DatasetVersionId id) {
        var version = id == null ? null : datasets.get().version(id);
        if (version == null) {
            throw SlipwayException.notFound(
                    "dataset-version.unknown", "There is no dataset version " + id + " to train on.");
        }
        return version.body();
    }

    /** The splits of the version. */
    TrainingData data(DatasetVersion version) {
        return new TrainingData() {
            @Override
            public Statistics statistics() {
                return version.statistics();
            }

            @Override
            public LabelledTensor split(SplitName name) {
                return DatasetReader.this.split(version, name);
            }
        };
    }

    private LabelledTensor split(DatasetVersion version, SplitName name) {
        Split split = existing(version, name);
        return LabelledTensor.of(
                Npy.read(artifacts.read(split.samples(), MAX_SPLIT_BYTES)),
                Npy.read(artifacts.read(split.labels(), MAX_SPLIT_BYTES)),
                version.sampleShape(),
                version.classes().size());
    }

    /** Fails with {@code training.dataset} when the split is empty. */
    static Split existing(DatasetVersion version, SplitName name) {
        Split split = version.splits().get(name);
        if (split == null || split.count() == 0) {
            throw SlipwayException.invalid(
                    "training.dataset", "The dataset version has no samples in its split " + name + ".");
        }
        return split;
    }
}
