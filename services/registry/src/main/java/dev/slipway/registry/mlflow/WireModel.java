package dev.slipway.registry.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.mlflow.KeyValueMessage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** A registered model, as MLflow writes it; what is empty is left out. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record WireModel(
        String name,
        long creationTimestamp,
        long lastUpdatedTimestamp,
        @Nullable String description,
        @Nullable List<WireVersion> latestVersions,
        @Nullable List<KeyValueMessage> tags,
        @Nullable List<WireAlias> aliases) {}
