package dev.slipway.api.registry;

import dev.slipway.api.Required;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Gives a tag to a model or version, or takes it away.
 *
 * @param key 1 to 250 characters
 * @param value at most 100,000 characters; null to take the tag away, which is harmless when there is none
 */
@Serdeable
public record EditTag(String key, @Nullable String value) {
    public EditTag {
        Required.part("key", key);
    }
}
