package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;

/** A run and what belongs to it. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunMessage(
        RunInfoMessage info, RunDataMessage data, RunInputsMessage inputs, RunOutputsMessage outputs) {}
