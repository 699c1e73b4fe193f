package dev.slipway.lineage.openlineage;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What events say of a thing, by the facets' names; the last word on each counts. Facets that are larger than one would want to
 * read, such as a whole query plan, are left out.
 */
@Singleton
final class Facets {
    static final String NONE = "{}";

    /** In characters of JSON. */
    private static final int LARGEST = 32 * 1024;

    private static final int MOST = 100;
    private static final Argument<Map<String, Object>> TREE = Argument.mapOf(String.class, Object.class);

    private final ObjectMapper json;

    Facets(ObjectMapper json) {
        this.json = json;
    }

    /** The facets that were known, with those that came over them. */
    String merged(String known, @Nullable Map<String, Object> news) {
        if (news == null || news.isEmpty()) {
            return known;
        }
        try {
            Map<String, Object> merged = new TreeMap<>(json.readValue(known, TREE));
            for (Map.Entry<String, Object> facet : news.entrySet()) {
                boolean fits = merged.containsKey(facet.getKey()) || merged.size() < MOST;
                if (fits && json.writeValueAsString(facet.getValue()).length() <= LARGEST) {
                    merged.put(facet.getKey(), facet.getValue());
                }
            }
            return json.writeValueAsString(TREE, merged);
        } catch (IOException e) {
            throw SlipwayException.internal("openlineage.facets", "Facets that were read can't be written.", e);
        }
    }
}
