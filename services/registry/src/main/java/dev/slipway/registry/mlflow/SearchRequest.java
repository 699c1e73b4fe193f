package dev.slipway.registry.mlflow;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** A search of models or versions. */
@Serdeable(naming = SnakeCaseStrategy.class)
record SearchRequest(
        @Nullable String filter,
        @Nullable Integer maxResults,
        @Nullable List<String> orderBy,
        @Nullable String pageToken) {}
