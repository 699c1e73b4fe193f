package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.mlflow.KeyValueMessage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** An experiment. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExperimentMessage(
        String experimentId,
        String name,
        String artifactLocation,
        String lifecycleStage,
        Long lastUpdateTime,
        Long creationTime,
        @Nullable List<KeyValueMessage> tags) {}
