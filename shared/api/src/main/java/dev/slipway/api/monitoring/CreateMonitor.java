package dev.slipway.api.monitoring;

import dev.slipway.kernel.id.ModelId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for the monitor of this name, which is made unless it is there.
 *
 * @param policy null for the default
 */
@Serdeable
public record CreateMonitor(
        String name,
        ModelId model,
        String channel,
        @Nullable DriftPolicy policy) {}
