package dev.slipway.api.labeling;

import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks to label a task with one of its project's labels.
 */
@Serdeable
public record Annotate(String label) {}
