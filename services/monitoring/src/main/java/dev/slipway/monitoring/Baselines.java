package dev.slipway.monitoring;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.monitoring.Monitor;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.store.artifact.ArtifactStore;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Loads the training data of the model in production. Its true classes stand for what the model says on it, which differs
 * by no more than its training error.
 */
@Singleton
final class Baselines {
    private static final int MAX_SIZE = 512 << 20;

    /** About 64 MB; of a larger split every n-th sample is taken, which is more than the tests of drift need. */
    private static final long MAX_VALUES = 16_000_000;

    private final ProductionModels models;
    private final DatasetApi datasets;
    private final ArtifactStore artifacts;

    Baselines(ProductionModels models, DatasetApi datasets, ArtifactStore artifacts) {
        this.models = models;
        this.datasets = datasets;
        this.artifacts = artifacts;
    }

    /** Fails with {@code monitoring.no-release} when the monitor's channel delivers nothing. */
    Baseline load(Monitor monitor) {
        Entity<ModelVersionId, ModelVersion> version = models.inProduction(monitor);
        DatasetVersionId id = version.body().datasetVersion();
        if (id == null) {
            throw missing("data that nobody has told of");
        }
        DatasetVersion dataset = datasets.versions(List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> missing("dataset version " + id))
                .body();
        Split train = dataset.splits().get(SplitName.TRAIN);
        if (train == null || train.count() == 0) {
            throw missing("the training split of dataset version " + id);
        }
        Tensor samples = Npy.read(artifacts.read(train.samples(), MAX_SIZE));
        return new Baseline(
                version.id(),
                id,
                dataset.sampleShape(),
                spread(samples),
                dataset.classes(),
                Stream.concat(train.classCounts().stream().map(Integer::longValue), Stream.of(0L))
                        .toList());
    }

    private static List<float[]> spread(Tensor samples) {
        int stride = (int) (samples.values().length / MAX_VALUES) + 1;
        return IntStream.iterate(0, row -> row < samples.rows(), row -> row + stride)
                .mapToObj(row -> samples.row(row).values())
                .toList();
    }

    private static SlipwayException missing(String what) {
        return SlipwayException.notFound(
                "monitoring.no-baseline",
                "The model in production was trained on " + what
                        + ", which is not here, so there is nothing to compare predictions with.");
    }
}
