package dev.slipway.store.arangodb;

import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDatabase;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.common.Bounds;
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

/**
 * The graph in one database of ArangoDB: a batch is one stream transaction.
 *
 * <p>Beyond the port's errors: {@code CONFLICT} with code {@code store.unknown-outcome} when the server was lost during a
 * commit and stayed away for so long that whether it has written could not be found out. The caller reads again, as after
 * any conflict.
 */
public final class ArangoGraphStore implements GraphStore {
    private final Connection connection;
    private final Transactions transactions;
    private final EntityDocuments entities = new EntityDocuments();
    private final EntityIndex index = new EntityIndex();
    private final EdgeDocuments edges = new EdgeDocuments();
    private final Traverser traverser = new Traverser(entities);
    private final ClaimDocuments claims = new ClaimDocuments();
    private final FacetDocuments facets = new FacetDocuments();
    private final FacetSearch search;
    private final EventLog events = new EventLog();
    private final ReaderDocuments readers = new ReaderDocuments();
    private final RowDocuments rows = new RowDocuments(entities, edges, claims, facets, events, readers);
    private final Sequencer sequencer;

    private ArangoGraphStore(Connection connection, Transactions transactions, int few) {
        this.connection = connection;
        this.transactions = transactions;
        search = new FacetSearch(few);
        sequencer = new Sequencer(transactions);
    }

    /**
     * Connects, checks the deployment and brings the schema up to date.
     *
     * @throws SlipwayException {@code UNAVAILABLE} with code {@code store.unreachable} when nobody answers, which another
     *     attempt may overcome; {@code UNAUTHENTICATED} with {@code store.credentials}; {@code FORBIDDEN} with {@code
     *     store.forbidden}; {@code INVALID} with {@code store.no-database} when the database is missing and can't be
     *     made; {@code UNSUPPORTED} with {@code store.deployment} when its transactions could commit in part, with
     *     {@code store.server-version} when it is too old, and with {@code store.newer-version} for data of a newer
     *     version, which are left as they are
     */
    public static ArangoGraphStore open(ArangoSettings settings) {
        return open(settings, FacetSearch.FEW);
    }

    /** @param few see {@link FacetSearch} */
    static ArangoGraphStore open(ArangoSettings settings, int few) {
        Connection connection = Connection.to(settings);
        try {
            ArangoDatabase database = StartChecks.database(connection.arango(), settings);
            Schema.upgrade(database, settings);
            return new ArangoGraphStore(connection, new Transactions(database, settings), few);
        } catch (ArangoDBException e) {
            connection.close();
            throw ArangoErrors.of(e, settings);
        } catch (SlipwayException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Map<EntityId, Long> commit(Batch batch) {
        Workspace workspace = batch.workspace();
        return transactions.write(session -> {
            claims.change(session, workspace, batch.claims());
            Map<EntityId, Long> revisions = entities.put(session, workspace, batch.puts());
            edges.link(session, workspace, batch.links());
            facets.change(session, workspace, batch.removals(), batch.facets());
            Sequencer.append(session, workspace, batch.events());
            return revisions;
        });
    }

    @Override
    public Map<EntityId, Envelope> get(Workspace workspace, Collection<EntityId> ids) {
        Bounds.checkIds(ids);
        return transactions.read(session -> entities.get(session, workspace, ids));
    }

    @Override
    public Optional<String> claim(Workspace workspace, String name) {
        return transactions.read(session -> claims.get(session, workspace, name));
    }

    @Override
    public Page<Envelope> query(EntityQuery query) {
        return transactions.read(session -> index.page(session, query));
    }

    @Override
    public long count(EntityQuery query) {
        return transactions.read(session -> index.count(session, query));
    }

    @Override
    public Page<EntityId> search(FacetQuery query) {
        return transactions.read(session -> search.page(session, query));
    }

    @Override
    public Map<EntityId, List<Facet>> facets(Workspace workspace, Collection<EntityId> ids) {
        Bounds.checkIds(ids);
        return transactions.read(session -> facets.get(session, workspace, ids));
    }

    @Override
    public Traversal traverse(TraversalQuery query) {
        return transactions.read(session -> traverser.traverse(session, query));
    }

    @Override
    public List<Event> events(long after, int limit) {
        Bounds.checkEvents(limit);
        sequencer.number();
        return transactions.read(session -> events.after(session, after, limit));
    }

    @Override
    public long lastEventPosition() {
        sequencer.number();
        return transactions.read(events::last);
    }

    @Override
    public long cursor(String reader) {
        return transactions.read(session -> readers.position(session, reader));
    }

    @Override
    public boolean moveCursor(String reader, long from, long to) {
        return transactions.write(session -> readers.move(session, reader, from, to));
    }

    @Override
    public Page<GraphRow> rows(GraphRow.Kind kind, int limit, Optional<String> cursor) {
        Page.checkLimit(limit);
        if (kind == GraphRow.Kind.EVENT) {
            sequencer.number();
        }
        return transactions.read(session -> rows.page(session, kind, limit, cursor));
    }

    @Override
    public void restore(List<GraphRow> changed) {
        Bounds.checkRows(changed);
        transactions.write(session -> {
            rows.restore(session, changed);
            return changed;
        });
    }

    @Override
    public int remove(List<GraphRow> unwanted) {
        Bounds.checkRows(unwanted);
        return transactions.write(session -> rows.remove(session, unwanted));
    }

    @Override
    public void close() {
        connection.close();
    }
}
