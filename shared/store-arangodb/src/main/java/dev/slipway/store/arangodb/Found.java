package dev.slipway.store.arangodb;

import dev.slipway.kernel.id.EntityId;
import java.util.List;
import java.util.Map;

/**
 * An entity that a search found, or where a page ended.
 *
 * @param places one for each facet of the {@link SearchOrder}
 * @param rank the place of the id
 */
record Found(List<String> places, String rank) {
    EntityId id() {
        return Ordered.id(rank);
    }

    Map<String, Object> values() {
        return Map.of("places", places, "rank", rank);
    }
}
