package dev.slipway.standalone.mlflow;

import io.micronaut.core.annotation.Nullable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When something was made at the source and last changed there, in UTC milliseconds; null when nobody knows. What a server
 * says about itself stays true: it tells when it made its own, and these stand in tags beside it.
 */
record SourceTimes(@Nullable Long created, @Nullable Long updated) {
    /** The tag that tells when a thing was made at the source. */
    static final String CREATED = "slipway.import.created";

    /** The tag that tells when a thing was last changed at the source. */
    static final String UPDATED = "slipway.import.updated";

    static final SourceTimes UNKNOWN = new SourceTimes(null, null);

    /** The tags of the thing and those of its times, unless it has some already, which came over with it from further away. */
    Map<String, String> with(Map<String, String> tags) {
        Map<String, String> all = new HashMap<>();
        put(all, CREATED, created);
        put(all, UPDATED, updated);
        all.putAll(tags);
        return all;
    }

    private static void put(Map<String, String> tags, String key, @Nullable Long time) {
        if (time != null) {
            tags.put(key, Instant.ofEpochMilli(time).toString());
        }
    }
}
