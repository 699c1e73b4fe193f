package dev.slipway.api.training;

import dev.slipway.kernel.id.LoggedModelId;
import io.micronaut.serde.annotation.Serdeable;

/** A model that a run made, at a step of its training. */
@Serdeable
public record ModelOutput(LoggedModelId model, long step) {}
