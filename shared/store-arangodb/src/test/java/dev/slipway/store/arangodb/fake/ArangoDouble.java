package dev.slipway.store.arangodb.fake;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An in-test double of the ArangoDB HTTP API, not a server: documented behaviour of one database server, in memory,
 * behind real HTTP/1.1 and JSON on 127.0.0.1. The driver must speak {@code Protocol.HTTP_JSON}. AQL it does not run; it
 * answers the {@link NamedQueries} it was given.
 *
 * <p>It refuses what the documentation refuses, and fails on order ({@link #faults()}). What it does not know it
 * refuses with 501, never with an empty answer.
 */
public final class ArangoDouble implements AutoCloseable {

    static final String BANNER = "in-test double of the ArangoDB HTTP API, not a server";

    private static final System.Logger LOG = System.getLogger(ArangoDouble.class.getName());

    private final Json json = new Json();
    private final Settings settings = new Settings();
    private final Faults faults = new Faults();
    private final Storage storage = new Storage();
    private final Transactions transactions = new Transactions(storage, settings, json);
    private final Cursors cursors = new Cursors(storage);
    private final ExecutorService threads = Executors.newCachedThreadPool(daemons());
    private final HttpServer server;

    private ArangoDouble(HttpServer server, NamedQueries queries) {
        this.server = server;
        Router router = new Router(routes(queries), storage);
        server.setExecutor(threads);
        server.createContext("/", new Front(faults, new Authentication(settings, json), transactions, router, json));
    }

    /** Starts a single server on a free port, with the database {@code _system}, the user {@code root}, no password. */
    public static ArangoDouble start(NamedQueries queries) {
        Objects.requireNonNull(queries, "queries");
        // Without this every answer waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
            ArangoDouble started = new ArangoDouble(server, queries);
            server.start();
            LOG.log(System.Logger.Level.INFO, "{0}: listening on 127.0.0.1:{1}", BANNER, "" + started.port());
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Router.Route> routes(NamedQueries queries) {
        Area server = new ServerArea(settings);
        CollectionsArea collections = new CollectionsArea(storage, transactions, json);
        Map<String, Router.Route> routes = new HashMap<>();
        routes.put("_api/version", new Router.Route(server, false));
        routes.put("_api/engine", new Router.Route(server, false));
        routes.put("_admin/server", new Router.Route(server, false));
        routes.put("_api/database", new Router.Route(new DatabasesArea(storage, settings, json), false));
        routes.put("_api/collection", new Router.Route(collections, true));
        routes.put("_api/index", new Router.Route(new IndexesArea(storage, transactions, json), false));
        routes.put("_api/gharial", new Router.Route(new GraphsArea(storage, collections, json), false));
        routes.put("_api/document", new Router.Route(new DocumentsArea(transactions, json), true));
        routes.put(
                "_api/cursor", new Router.Route(new CursorsArea(queries, storage, transactions, cursors, json), true));
        routes.put("_api/transaction", new Router.Route(new TransactionsArea(transactions, cursors, json), false));
        return routes;
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where a test orders what goes wrong and counts what arrived. */
    public Faults faults() {
        return faults;
    }

    /** How many stream transactions are neither committed nor aborted. */
    public int openTransactions() {
        return transactions.open();
    }

    /** How many cursors have batches left, or may give their last one again. */
    public int openCursors() {
        return cursors.open();
    }

    /** From now on the double says that it is this; it begins as a single server. */
    public ArangoDouble role(ServerRole role) {
        settings.role(role);
        return this;
    }

    /**
     * What a cluster says about databases that were created without telling their sharding: {@code ""}, as at first, or
     * {@code "single"} for OneShard.
     */
    public ArangoDouble sharding(String sharding) {
        settings.sharding(sharding);
        return this;
    }

    /** From now on the double says that it is this version, such as {@code 3.12.4}. */
    public ArangoDouble version(String version) {
        settings.version(version);
        return this;
    }

    /** From now on the double lets only this user in. */
    public ArangoDouble credentials(String user, String password) {
        settings.credentials(new Settings.Credentials(user, password));
        return this;
    }

    /** From now on a transaction that nobody uses for this long is aborted; 60 seconds at first, as documented. */
    public ArangoDouble transactionIdleLimit(Duration limit) {
        settings.transactionIdleLimit(limit);
        return this;
    }

    /** Stops at once; connections are closed and waiting requests end. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static ThreadFactory daemons() {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "arango-double-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
