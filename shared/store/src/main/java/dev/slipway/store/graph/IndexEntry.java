package dev.slipway.store.graph;

import java.util.List;

/**
 * An entity's place in a declared index.
 *
 * @param index the index's name, unique within the entity's type
 * @param key 1 to {@value #MAX_KEY} values, most significant first; entities with equal keys stand in the order of ids
 */
public record IndexEntry(String index, List<IndexValue> key) {
    public static final int MAX_KEY = 4;

    public IndexEntry {
        key = List.copyOf(key);
        if (key.isEmpty() || key.size() > MAX_KEY) {
            throw new IllegalArgumentException("an index key has 1 to " + MAX_KEY + " values, not " + key.size());
        }
    }

    public static IndexEntry of(String index, IndexValue... key) {
        return new IndexEntry(index, List.of(key));
    }
}
