package dev.slipway.store.embedded;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.common.Bounds;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.EntityQuery;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.graph.Put;
import dev.slipway.store.graph.Traversal;
import dev.slipway.store.graph.TraversalQuery;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The graph in one SQLite file: a batch is one write transaction, a read is one snapshot. */
final class SqliteGraphStore implements GraphStore {
    private static final int READERS = 4;

    private final Database database;
    private final EntityTable entities = new EntityTable();
    private final EntityIndex index = new EntityIndex();
    private final EdgeTable edges = new EdgeTable();
    private final Traverser traverser = new Traverser(entities, edges);
    private final ClaimTable claims = new ClaimTable();
    private final FacetTable facets = new FacetTable();
    private final RowTable rows = new RowTable(entities, facets);
    private final FacetSearch search;
    private final EventLog events = new EventLog();

    SqliteGraphStore(Path file) {
        this(file, SearchEffort.USUAL);
    }

    SqliteGraphStore(Path file, SearchEffort effort) {
        search = new FacetSearch(effort);
        database = Database.open(file, GraphSchema.STEPS, READERS);
    }

    @Override
    public Map<EntityId, Long> commit(Batch batch) {
        Workspace workspace = batch.workspace();
        return database.write(session -> {
            for (ClaimChange claim : batch.claims()) {
                claims.change(session, workspace, claim);
            }
            Map<EntityId, Long> revisions = new LinkedHashMap<>();
            for (Put put : batch.puts()) {
                revisions.put(put.id(), entities.put(session, workspace, put));
            }
            for (Edge edge : batch.links()) {
                edges.link(session, workspace, edge);
            }
            facets.change(session, workspace, batch.removals(), batch.facets());
            for (NewEvent event : batch.events()) {
                events.append(session, workspace, event);
            }
            return revisions;
        });
    }

    @Override
    public Map<EntityId, Envelope> get(Workspace workspace, Collection<EntityId> ids) {
        Bounds.checkIds(ids);
        return database.read(session -> entities.get(session, workspace, ids));
    }

    @Override
    public Optional<String> claim(Workspace workspace, String name) {
        return database.read(session -> claims.get(session, workspace, name));
    }

    @Override
    public Page<Envelope> query(EntityQuery query) {
        return database.read(session -> index.page(session, query));
    }

    @Override
    public long count(EntityQuery query) {
        return database.read(session -> index.count(session, query));
    }

    @Override
    public Page<EntityId> search(FacetQuery query) {
        return database.read(session -> search.page(session, query));
    }

    @Override
    public Map<EntityId, List<Facet>> facets(Workspace workspace, Collection<EntityId> ids) {
        Bounds.checkIds(ids);
        return database.read(session -> facets.get(session, workspace, ids));
    }

    @Override
    public Traversal traverse(TraversalQuery query) {
        return database.read(session -> traverser.traverse(session, query));
    }

    @Override
    public List<Event> events(long after, int limit) {
        Bounds.checkEvents(limit);
        return database.read(session -> events.after(session, after, limit));
    }

    @Override
    public long lastEventPosition() {
        return database.read(events::last);
    }

    @Override
    public long cursor(String reader) {
        return database.read(session -> events.cursor(session, reader));
    }

    @Override
    public boolean moveCursor(String reader, long from, long to) {
        return database.write(session -> events.moveCursor(session, reader, from, to));
    }

    @Override
    public Page<GraphRow> rows(GraphRow.Kind kind, int limit, Optional<String> cursor) {
        Page.checkLimit(limit);
        return database.read(session -> rows.page(session, kind, limit, cursor));
    }

    @Override
    public void restore(List<GraphRow> changed) {
        Bounds.checkRows(changed);
        database.write(session -> {
            for (GraphRow row : changed) {
                rows.restore(session, row);
            }
            return null;
        });
    }

    @Override
    public int remove(List<GraphRow> unwanted) {
        Bounds.checkRows(unwanted);
        return database.write(session -> {
            int removed = 0;
            for (GraphRow row : unwanted) {
                removed += rows.remove(session, row);
            }
            return removed;
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
