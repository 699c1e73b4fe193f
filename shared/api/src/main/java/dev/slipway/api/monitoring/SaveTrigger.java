package dev.slipway.api.monitoring;

import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PipelineId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for the trigger of this name, which is made or changed.
 *
 * @param cooldownSeconds 0 or more
 */
@Serdeable
public record SaveTrigger(String name, MonitorId monitor, PipelineId pipeline, long cooldownSeconds) {}
