package dev.slipway.api.monitoring;

import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PipelineRunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Starts a pipeline when a monitor raises an alert.
 *
 * @param name unique in the workspace
 * @param cooldownSeconds no second start within this time of the last
 * @param lastFired UTC milliseconds; null before the first time
 * @param pipelineRun what it started last; null before the first time
 * @param deleted UTC milliseconds; null while it is there
 */
@Serdeable
public record Trigger(
        String name,
        MonitorId monitor,
        PipelineId pipeline,
        long cooldownSeconds,
        @Nullable Long lastFired,
        @Nullable PipelineRunId pipelineRun,
        @Nullable Long deleted) {}
