package dev.slipway.store.arangodb.fake;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * An in-test double of the ArangoDB HTTP API, not a server: documented behaviour of one database server, in memory,
 * behind real HTTP/1.1 and JSON on 127.0.0.1. AQL it does not run; it answers the {@link NamedQueries} it was given.
 *
 * <p>It refuses what the documentation refuses, and fails on order ({@link #faults()}).
 */
public final class ArangoDouble implements AutoCloseable {

    private final HttpServer server;
    private final NamedQueries queries;
    private final Faults faults = new Faults();

    private ArangoDouble(HttpServer server, NamedQueries queries) {
        this.server = server;
        this.queries = queries;
    }

    /** Starts a single server on a free port, with the database {@code _system}, the user {@code root}, no password. */
    public static ArangoDouble start(NamedQueries queries) {
        Objects.requireNonNull(queries, "queries");
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            ArangoDouble started = new ArangoDouble(server, queries);
            server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        return 0;
    }

    /** From now on the double says that it is this; it begins as a single server. */
    public ArangoDouble role(ServerRole role) {
        return this;
    }

    /** From now on new databases, and those there are, say this about their sharding: {@code ""} or {@code "single"}. */
    public ArangoDouble sharding(String sharding) {
        return this;
    }

    /** From now on the double says that it is this version, such as {@code 3.12.4}. */
    public ArangoDouble version(String version) {
        return this;
    }

    /** From now on the double lets only this user in. */
    public ArangoDouble credentials(String user, String password) {
        return this;
    }

    /** From now on a transaction that nobody uses for this long is aborted; 60 seconds at first, as documented. */
    public ArangoDouble transactionIdleLimit(Duration limit) {
        return this;
    }

    /** Stops at once; connections are closed. */
    @Override
    public void close() {
        server.stop(0);
    }
}
