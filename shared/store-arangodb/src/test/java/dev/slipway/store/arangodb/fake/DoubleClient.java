package dev.slipway.store.arangodb.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoDB;
import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDatabase;
import com.arangodb.Protocol;
import com.arangodb.entity.BaseDocument;
import com.arangodb.entity.BaseEdgeDocument;
import com.arangodb.entity.CollectionType;
import com.arangodb.model.CollectionCreateOptions;
import com.arangodb.model.StreamTransactionOptions;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

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

    ArangoCollection documents(String name) {
        database().createCollection(name);
        return database().collection(name);
    }

    ArangoCollection edges(String name) {
        database().createCollection(name, new CollectionCreateOptions().type(CollectionType.EDGES));
        return database().collection(name);
    }

    /** Begins a stream transaction that may write the collections and gives its id. */
    String begin(String... writes) {
        return database()
                .beginStreamTransaction(new StreamTransactionOptions().writeCollections(writes))
                .getId();
    }

    static BaseDocument document(String key, String attribute, Object value) {
        BaseDocument document = new BaseDocument(key);
        document.setProperties(Map.of(attribute, value));
        return document;
    }

    static BaseEdgeDocument edge(String from, String to) {
        return new BaseEdgeDocument(from, to);
    }

    static void refused(int status, int errorNumber, ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(ArangoDBException.class);
        ArangoDBException refusal = (ArangoDBException) thrown;
        assertThat(refusal.getResponseCode()).as(refusal.getMessage()).isEqualTo(status);
        assertThat(refusal.getErrorNum()).as(refusal.getMessage()).isEqualTo(errorNumber);
    }

    @Override
    public void close() {
        driver.shutdown();
    }
}
