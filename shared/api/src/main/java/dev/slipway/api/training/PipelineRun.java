package dev.slipway.api.training;

import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.PipelineId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * One execution of a pipeline, which goes on after the last finished step when its process dies.
 *
 * @param steps those of the pipeline, as they were when the run started
 * @param outputs what all finished steps have made
 * @param cause the alert whose trigger started it; null when a caller did
 */
@Serdeable
public record PipelineRun(
        PipelineId pipeline,
        JobId job,
        List<StepRecord> steps,
        PipelineOutputs outputs,
        @Nullable AlertId cause) {}
