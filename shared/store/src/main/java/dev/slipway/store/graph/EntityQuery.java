package dev.slipway.store.graph;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the entities of one type that stand in one declared index under a prefix of its key.
 *
 * @param prefix the first values of the key, fewer than the key has or as many; empty for the whole index
 * @param descending from the greatest key to the smallest; ids follow the same direction
 * @param limit 1 to {@link Page#MAX_LIMIT}
 * @param cursor what a page of the same query gave; one of another query is refused with {@code page.cursor}
 */
public record EntityQuery(
        Workspace workspace,
        EntityType type,
        String index,
        List<IndexValue> prefix,
        boolean descending,
        int limit,
        Optional<String> cursor) {
    public EntityQuery {
        prefix = List.copyOf(prefix);
        Page.checkLimit(limit);
    }
}
