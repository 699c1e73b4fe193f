package dev.slipway.store.graph;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.EntityId;
import java.util.List;

/**
 * One entity to be made or changed.
 *
 * @param expectedRevision the revision that was read; 0 when the entity must not exist yet
 * @param schema the version of the body's form, from 1
 * @param time UTC milliseconds; the {@code updated} of the entity, and its {@code created} when it is new
 * @param body a JSON object
 * @param indexed the entity's place in each of its type's indexes, one at most per index; an index it does not stand
 *     in is left out. They replace the places it had before.
 */
public record Put(
        EntityType type,
        EntityId id,
        long expectedRevision,
        int schema,
        long time,
        String body,
        List<IndexEntry> indexed) {
    public Put {
        indexed = List.copyOf(indexed);
        if (indexed.stream().map(IndexEntry::index).distinct().count() < indexed.size()) {
            throw new IllegalArgumentException("an entity stands once at most in each index, not so in " + indexed);
        }
    }
}
