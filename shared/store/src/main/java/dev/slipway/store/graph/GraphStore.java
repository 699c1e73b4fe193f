package dev.slipway.store.graph;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entities, the edges between them, their facets, and the log of events.
 *
 * <p>A {@link Batch} is written whole or not at all, and once {@link #commit} has returned it survives the death of the
 * process. Every read and query is within one workspace, but for the event log's, which serves the process as a whole.
 * Methods throw {@link dev.slipway.kernel.SlipwayException}; {@code UNAVAILABLE} means that nothing was written and the same
 * call may succeed later. Safe for use by many threads.
 */
public interface GraphStore extends AutoCloseable {
    /** So many ids are read at once at most; more are {@code TOO_LARGE}, {@code store.too-many-ids}. */
    int MAX_IDS = 1000;

    /** So many events are read at once at most. */
    int MAX_EVENTS = 10_000;

    /**
     * Writes the batch atomically and returns the new revision of every put entity. Conditions are checked against the
     * state before the batch; of two batches that change one entity or claim from one state, exactly one succeeds.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code CONFLICT} with code {@code store.revision} when an entity's
     *     revision is not the expected one, {@code store.claim-taken} when a name to be taken is taken, {@code
     *     store.claim-lost} when a claim that is moved, released or required does not hold the value named
     */
    Map<EntityId, Long> commit(Batch batch);

    /** The entities that exist, by id; ids of other workspaces are absent like unknown ones. At most {@link #MAX_IDS} ids. */
    Map<EntityId, Envelope> get(Workspace workspace, Collection<EntityId> ids);

    /** The value held by a claim; empty when nobody has taken the name. */
    Optional<String> claim(Workspace workspace, String name);

    /** A page of the entities of one type, through one declared index. */
    Page<Envelope> query(EntityQuery query);

    /** How many entities share the prefix of the query; its order, limit and cursor are ignored. */
    long count(EntityQuery query);

    /** A page of the entities whose facets satisfy all conditions. */
    Page<EntityId> search(FacetQuery query);

    /** All facets of each entity, in no order; an entity without any is absent. At most {@link #MAX_IDS} ids. */
    Map<EntityId, List<Facet>> facets(Workspace workspace, Collection<EntityId> ids);

    /** Walks the graph level by level; the depth of a node is its shortest distance from a start. */
    Traversal traverse(TraversalQuery query);

    /**
     * Up to {@code limit} events of all workspaces with a position greater than {@code after}, in the order of
     * positions. An event that a later call returns never has a smaller position than one returned before, whatever
     * the order in which the writers committed. Fewer than {@code limit} means that there were no more.
     *
     * @param limit 1 to {@link #MAX_EVENTS}; anything else is {@code INVALID}, {@code store.event-limit}
     */
    List<Event> events(long after, int limit);

    /** The position of the last event; 0 for an empty log. */
    long lastEventPosition();

    /** Where the named reader has come to; 0 for an unknown reader. */
    long cursor(String reader);

    /**
     * Moves a reader's cursor.
     *
     * @return false, and nothing is changed, when the cursor no longer stands at {@code from}: another process reads
     *     under this name
     */
    boolean moveCursor(String reader, long from, long to);

    /**
     * A page of everything of one kind, of all workspaces, in an order of the store's own that does not change. What is
     * written while the pages are read may be missing from them.
     */
    Page<GraphRow> rows(GraphRow.Kind kind, int limit, Optional<String> cursor);

    /**
     * Writes rows as some store gave them, all or none; one that has the same name is replaced. Revisions, times and
     * positions are kept, no condition is checked and no event tells of it: this is for imports and repairs while
     * nothing else writes. Writing the same rows again changes nothing.
     *
     * @param rows at most {@link Page#MAX_LIMIT}; more are {@code TOO_LARGE}, {@code store.too-many-rows}
     */
    void restore(List<GraphRow> rows);

    /**
     * Removes those of the rows that still are as given, and returns how many they were; as {@link #restore}, for
     * repairs. An entity's places in the indexes go with it, nothing else does.
     *
     * @param rows at most {@link Page#MAX_LIMIT}; more are {@code TOO_LARGE}, {@code store.too-many-rows}
     */
    int remove(List<GraphRow> rows);

    @Override
    void close();
}
