package dev.slipway.store.embedded;

import dev.slipway.kernel.id.EntityId;
import java.util.ArrayList;
import java.util.List;

/**
 * An entity that a search found, or where a page ended.
 *
 * @param places one for each facet of the {@link SearchOrder}
 */
record Found(List<Object> places, EntityId entity) {
    /** With places before its own. */
    Found behind(List<Object> first) {
        List<Object> all = new ArrayList<>(first);
        all.addAll(places);
        return new Found(all, entity);
    }

    /** Within those that have the same first place. */
    Found withoutFirst() {
        return new Found(places.subList(1, places.size()), entity);
    }
}
