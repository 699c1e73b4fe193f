package dev.slipway.store.arangodb.fake;

import com.arangodb.ArangoDB;
import com.arangodb.ArangoDatabase;
import com.arangodb.Protocol;
import java.time.Duration;

/** The real driver, connected to a double. */
final class DoubleClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final ArangoDB driver;

    private DoubleClient(ArangoDB driver) {
        this.driver = driver;
    }

    static DoubleClient of(ArangoDouble server) {
        return of(server, "");
    }

    static DoubleClient of(ArangoDouble server, String password) {
        return new DoubleClient(new ArangoDB.Builder()
                .protocol(Protocol.HTTP_JSON)
                .host("127.0.0.1", server.port())
                .user("root")
                .password(password)
                .timeout(Math.toIntExact(TIMEOUT.toMillis()))
                .maxConnections(8)
                .build());
    }

    ArangoDB driver() {
        return driver;
    }

    ArangoDatabase database() {
        return driver.db("_system");
    }

    @Override
    public void close() {
        driver.shutdown();
    }
}
