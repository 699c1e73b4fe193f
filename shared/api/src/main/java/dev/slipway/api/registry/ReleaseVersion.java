package dev.slipway.api.registry;

import dev.slipway.api.Required;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks to judge a version and, when all gates hold, to release it.
 *
 * @param channel to which the release is delivered, and the alias that is moved to the version: 1 to 50 characters of a-z, 0-9 and '-'
 * @param idempotencyKey asking again with the same key gives the same job; null to always start a new one
 */
@Serdeable
public record ReleaseVersion(String channel, @Nullable String idempotencyKey) {
    public ReleaseVersion {
        Required.part("channel", channel);
    }
}
