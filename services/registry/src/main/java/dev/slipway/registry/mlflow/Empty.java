package dev.slipway.registry.mlflow;

import io.micronaut.serde.annotation.Serdeable;

/** The answer of what has nothing to tell. */
@Serdeable
record Empty() {}
