package dev.slipway.monitoring;

import dev.slipway.kernel.id.MonitorId;
import io.micronaut.serde.annotation.Serdeable;

/** The input of a drift check. */
@Serdeable
record DriftCheck(MonitorId monitor) {}
