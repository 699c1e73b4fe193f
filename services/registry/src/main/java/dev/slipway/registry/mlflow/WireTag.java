package dev.slipway.registry.mlflow;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tag, as MLflow writes it; one without a value has the empty one. */
@Serdeable
record WireTag(@Nullable String key, @Nullable String value) {
    /** By key; of several of one key the last counts. */
    static Map<String, String> byKey(@Nullable List<WireTag> tags) {
        Map<String, String> byKey = new LinkedHashMap<>();
        if (tags != null) {
            tags.forEach(tag -> byKey.put(Given.orEmpty(tag.key), Given.orEmpty(tag.value)));
        }
        return byKey;
    }
}
