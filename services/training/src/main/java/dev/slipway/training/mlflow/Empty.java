package dev.slipway.training.mlflow;

import io.micronaut.serde.annotation.Serdeable;

/** The answer to what only changes something. */
@Serdeable
record Empty() {
    static final Empty ANSWER = new Empty();
}
