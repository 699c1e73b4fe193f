package dev.slipway.api.registry;

import io.micronaut.serde.annotation.Serdeable;

/**
 * One condition of a policy, and what was found.
 *
 * @param name such as {@code accuracy}
 * @param detail for people: what was measured, what was asked for, and what to do when it failed
 */
@Serdeable
public record Gate(String name, boolean passed, String detail) {}
