package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.training.RunState;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;

/**
 * What a run is.
 *
 * @param runUuid the same as runId, as older clients call it
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunInfoMessage(
        String runId,
        String runUuid,
        String runName,
        String experimentId,
        String userId,
        RunState status,
        Long startTime,
        @Nullable Long endTime,
        String artifactUri,
        String lifecycleStage) {}
