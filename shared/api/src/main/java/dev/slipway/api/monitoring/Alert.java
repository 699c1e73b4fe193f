package dev.slipway.api.monitoring;

import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.MonitorId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Something that somebody should look at.
 *
 * @param message for people
 */
@Serdeable
public record Alert(MonitorId monitor, DriftReportId report, String message) {}
