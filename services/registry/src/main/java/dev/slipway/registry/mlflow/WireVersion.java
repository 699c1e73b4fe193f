package dev.slipway.registry.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.mlflow.KeyValueMessage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** A version of a registered model, as MLflow writes it; lists that are empty are left out. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record WireVersion(
        String name,
        String version,
        long creationTimestamp,
        long lastUpdatedTimestamp,
        @Nullable String userId,
        String currentStage,
        String description,
        String source,
        String runId,
        String status,
        @Nullable String statusMessage,
        @Nullable List<KeyValueMessage> tags,
        String runLink,
        @Nullable List<String> aliases,
        @Nullable String modelId) {}
