package dev.slipway.api.training;

import io.micronaut.serde.annotation.Serdeable;

/**
 * A parameter or a tag.
 *
 * @param key at most 250 characters
 * @param value at most 6000 characters
 */
@Serdeable
public record Param(String key, String value) {}
