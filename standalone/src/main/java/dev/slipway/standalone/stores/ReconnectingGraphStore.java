package dev.slipway.standalone.stores;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.EntityQuery;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.Traversal;
import dev.slipway.store.graph.TraversalQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph store that is opened when its server can be reached. */
final class ReconnectingGraphStore implements GraphStore {
    private final Connection<GraphStore> connection;

    ReconnectingGraphStore(Connection<GraphStore> connection) {
        this.connection = connection;
    }

    @Override
    public Map<EntityId, Long> commit(Batch batch) {
        return connection.get().commit(batch);
    }

    @Override
    public Map<EntityId, Envelope> get(Workspace workspace, Collection<EntityId> ids) {
        return connection.get().get(workspace, ids);
    }

    @Override
    public Optional<String> claim(Workspace workspace, String name) {
        return connection.get().claim(workspace, name);
    }

    @Override
    public Page<Envelope> query(EntityQuery query) {
        return connection.get().query(query);
    }

    @Override
    public long count(EntityQuery query) {
        return connection.get().count(query);
    }

    @Override
    public Page<EntityId> search(FacetQuery query) {
        return connection.get().search(query);
    }

    @Override
    public Map<EntityId, List<Facet>> facets(Workspace workspace, Collection<EntityId> ids) {
        return connection.get().facets(workspace, ids);
    }

    @Override
    public Traversal traverse(TraversalQuery query) {
        return connection.get().traverse(query);
    }

    @Override
    public List<Event> events(long after, int limit) {
        return connection.get().events(after, limit);
    }

    @Override
    public long lastEventPosition() {
        return connection.get().lastEventPosition();
    }

    @Override
    public long cursor(String reader) {
        return connection.get().cursor(reader);
    }

    @Override
    public boolean moveCursor(String reader, long from, long to) {
        return connection.get().moveCursor(reader, from, to);
    }

    @Override
    public Page<GraphRow> rows(GraphRow.Kind kind, int limit, Optional<String> cursor) {
        return connection.get().rows(kind, limit, cursor);
    }

    @Override
    public void restore(List<GraphRow> rows) {
        connection.get().restore(rows);
    }

    @Override
    public int remove(List<GraphRow> rows) {
        return connection.get().remove(rows);
    }

    @Override
    public void close() {
        connection.close();
    }
}
