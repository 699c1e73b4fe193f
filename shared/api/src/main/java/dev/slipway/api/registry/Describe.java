package dev.slipway.api.registry;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Describes a model or version.
 *
 * @param description for people, at most 100,000 characters; null for none
 */
@Serdeable
public record Describe(@Nullable String description) {}
