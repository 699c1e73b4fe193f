package dev.slipway.standalone.mlflow;

import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.Map;

/**
 * A logged model of the source.
 *
 * @param id {@code m-} and 32 digits
 * @param status such as {@code LOGGED_MODEL_READY}
 * @param metrics what was measured of it
 */
record SourceLoggedModel(
        String id,
        String experiment,
        String name,
        @Nullable String type,
        String status,
        @Nullable String run,
        Map<String, String> params,
        Map<String, String> tags,
        List<SourcePoint> metrics) {}
