package dev.slipway.api.training;

import dev.slipway.api.jobs.Failure;
import dev.slipway.kernel.id.JobId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * What happened to one step.
 *
 * @param job the job the step waited for last; null for one that needs none
 * @param inputs the outputs of the steps before it, as they were when it began; null until it has begun
 * @param outputs the same with its own added; null until it has succeeded
 * @param started UTC milliseconds; null until it has begun
 * @param finished UTC milliseconds; null until it has ended
 */
@Serdeable
public record StepRecord(
        PipelineStep step,
        StepState state,
        @Nullable JobId job,
        @Nullable PipelineOutputs inputs,
        @Nullable PipelineOutputs outputs,
        @Nullable Long started,
        @Nullable Long finished,
        @Nullable Failure failure) {}
