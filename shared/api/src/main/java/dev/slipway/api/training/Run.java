package dev.slipway.api.training;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.JobId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A training run.
 *
 * @param datasetVersion what it was trained on; null for a run that was logged from outside
 * @param job that carries it out; null for a run that was logged from outside
 * @param model the ONNX artifact it made, checked against the trained network; null until then
 * @param started UTC milliseconds
 * @param finished UTC milliseconds; null until it has ended
 */
@Serdeable
public record Run(
        ExperimentId experiment,
        String name,
        RunState state,
        @Nullable DatasetVersionId datasetVersion,
        @Nullable JobId job,
        @Nullable Digest model,
        long started,
        @Nullable Long finished) {}
