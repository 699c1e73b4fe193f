package dev.slipway.training.artifact.mlflow;

import io.micronaut.serde.annotation.Serdeable;

/** The answer of what has nothing to tell: {@code {}}. */
@Serdeable
public record Empty() {}
