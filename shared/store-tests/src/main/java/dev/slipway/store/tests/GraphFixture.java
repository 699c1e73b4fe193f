package dev.slipway.store.tests;

import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.EntityQuery;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.graph.Put;
import dev.slipway.store.graph.Traversal;
import dev.slipway.store.graph.TraversalQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A store with two workspaces that nobody else uses, and short ways to write to it. */
final class GraphFixture implements AutoCloseable {
    final GraphStore store;
    /** A second handle on the same data, as another process has it; the first one where that is not supported. */
    final GraphStore otherHandle;

    final IdGenerator ids = new IdGenerator();
    final Workspace here = new Workspace("w" + ids.next(EntityId::new));
    final Workspace elsewhere = new Workspace("w" + ids.next(EntityId::new));

    GraphFixture(GraphStore store, GraphStore otherHandle) {
        this.store = store;
        this.otherHandle = otherHandle;
    }

    EntityRef newRef(EntityType type) {
        return new EntityRef(type, ids.next(EntityId::new));
    }

    EntityRef newRun() {
        return newRef(EntityType.RUN);
    }

    static Put put(EntityRef entity, long expectedRevision, String body, IndexEntry... places) {
        return new Put(
                entity.type(), entity.id(), expectedRevision, 1, 1_000 + expectedRevision, body, List.of(places));
    }

    /** Makes a new run that stands in the indexes as given. */
    EntityRef makeRun(IndexEntry... places) {
        EntityRef run = newRun();
        store.commit(Batch.in(here).put(put(run, 0, "{}", places)).build());
        return run;
    }

    void claim(ClaimChange change) {
        store.commit(Batch.in(here).claim(change).build());
    }

    void link(EntityRef from, EdgeType type, EntityRef to) {
        store.commit(Batch.in(here).link(new Edge(from, type, to, 5)).build());
    }

    static FacetUpdate number(EntityRef entity, EntityId scope, FacetKind kind, String key, double value, long step) {
        return new FacetUpdate(entity, scope, new Facet(kind, key, new Facet.Value.Num(value), step, 10));
    }

    static FacetUpdate text(EntityRef entity, EntityId scope, FacetKind kind, String key, String value) {
        return new FacetUpdate(entity, scope, new Facet(kind, key, new Facet.Value.Text(value), 0, 10));
    }

    void facets(FacetUpdate... updates) {
        Batch.Builder batch = Batch.in(here);
        for (FacetUpdate update : updates) {
            batch.facet(update);
        }
        store.commit(batch.build());
    }

    NewEvent newEvent(String type) {
        return new NewEvent(ids.next(EventId::new), type, newRun(), "test", 7, "{\"a\":1}");
    }

    /** The events of {@link #here} after a position. */
    List<NewEvent> eventsAfter(long position) {
        List<NewEvent> found = new ArrayList<>();
        List<Event> page = store.events(position, 100);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(event -> event.workspace().equals(here))
                    .map(Event::event)
                    .forEach(found::add);
            page = store.events(page.get(page.size() - 1).position(), 100);
        }
        return found;
    }

    EntityQuery runs(String index, boolean descending, int limit, Optional<String> cursor, IndexValue... prefix) {
        return new EntityQuery(here, EntityType.RUN, index, List.of(prefix), descending, limit, cursor);
    }

    Traversal traverse(Direction direction, int depth, int limit, EntityRef... starts) {
        return store.traverse(new TraversalQuery(
                here, List.of(starts).stream().map(EntityRef::id).toList(), direction, Set.of(), depth, limit));
    }

    /** Everything that a query gives, page after page. */
    static <T> List<T> all(Function<Optional<String>, Page<T>> query) {
        List<T> items = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<T> page = query.apply(cursor);
            items.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return items;
    }

    @Override
    public void close() {
        if (otherHandle != store) {
            otherHandle.close();
        }
        store.close();
    }
}
