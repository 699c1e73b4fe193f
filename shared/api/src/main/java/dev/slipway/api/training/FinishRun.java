package dev.slipway.api.training;

import io.micronaut.serde.annotation.Serdeable;

/**
 * Says that a run logged from outside is over.
 *
 * @param state FINISHED, FAILED or KILLED
 */
@Serdeable
public record FinishRun(RunState state) {}
