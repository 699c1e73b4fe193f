package dev.slipway.training.train;

import dev.slipway.api.dataset.Statistics;
import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What a worker outside of the server needs to know of a training.
 *
 * @param classes how many the dataset version has
 * @param artifacts the path of the run's folder among the artifacts that the server keeps
 */
@Serdeable
record TrainingWork(
        List<Layer> network,
        Hyperparameters hyperparameters,
        List<Integer> sampleShape,
        int classes,
        Statistics statistics,
        String artifacts) {}
