package dev.slipway.training.train;

import dev.slipway.api.training.StartTraining;
import dev.slipway.kernel.id.RunId;
import io.micronaut.serde.annotation.Serdeable;

/** What a training job is given. */
@Serdeable
public record TrainInput(RunId run, StartTraining request) {}
