package dev.slipway.store.arangodb.fake;

import static dev.slipway.store.arangodb.fake.DoubleClient.document;
import static dev.slipway.store.arangodb.fake.DoubleClient.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoDBException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ordered faults, as the real driver sees them. */
class OrderedFaultsTest {

    private static final RequestMatcher INSERT = RequestMatcher.request("POST", "^/_api/document/things$");

    private final ArangoDouble server = ArangoDouble.start(NamedQueries.none());
    private final DoubleClient client = DoubleClient.of(server);
    private final ArangoCollection things = client.documents("things");

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void answersWithTheOrderedErrorOnce() {
        server.faults().next(INSERT, Fault.conflict());
        refused(409, 1200, () -> insert("a"));
        insert("a");
        server.faults().next(INSERT, Fault.documentNotFound());
        refused(404, 1202, () -> insert("b"));
        server.faults().next(INSERT, Fault.collectionNotFound());
        refused(404, 1203, () -> insert("b"));
        server.faults().next(INSERT, Fault.uniqueViolated());
        refused(409, 1210, () -> insert("b"));
        assertThat(things.documentExists("b")).isFalse();
        assertThat(server.faults().injected()).isEqualTo(4);
        assertThat(server.faults().pending()).isZero();
        assertThat(server.faults().seen(INSERT)).isEqualTo(5);
    }

    @Test
    void countsToTheOrderedRequest() {
        server.faults().next(INSERT.nth(3), Fault.conflict());
        insert("a");
        insert("b");
        refused(409, 1200, () -> insert("c"));
        insert("c");
    }

    @Test
    void staysAwayUntilTakenBack() {
        server.faults().always(INSERT, Fault.unavailable());
        // The driver tries again by itself, three times.
        Throwable thrown = catchThrowable(() -> insert("a"));
        assertThat(thrown).isInstanceOf(ArangoDBException.class);
        assertThat(server.faults().seen(INSERT)).isGreaterThan(1);
        server.faults().clear();
        insert("a");
    }

    @Test
    void dropsTheConnectionBeforeTheWork() {
        server.faults().next(INSERT, new Fault.DropBefore());
        assertThat(catchThrowable(() -> insert("a"))).isInstanceOf(ArangoDBException.class);
        assertThat(things.documentExists("a")).isFalse();
    }

    @Test
    void dropsTheConnectionAfterTheWork() {
        server.faults().next(INSERT, new Fault.DropAfter());
        assertThat(catchThrowable(() -> insert("a"))).isInstanceOf(ArangoDBException.class);
        assertThat(things.documentExists("a")).isTrue();
    }

    @Test
    void losesTheAnswerToACommit() {
        String id = client.begin("things");
        server.faults().next(RequestMatcher.request("PUT", "^/_api/transaction/"), new Fault.DropAfter());
        assertThat(catchThrowable(() -> client.database().commitStreamTransaction(id)))
                .isInstanceOf(ArangoDBException.class);
        assertThat(server.openTransactions()).isZero();
        client.database().commitStreamTransaction(id);
    }

    @Test
    void waitsUntilLetGo() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        server.faults().next(INSERT, new Fault.Delay(latch));
        CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> insert("a"));
        assertThat(things.documentExists("a")).isFalse();
        latch.countDown();
        slow.get(60, TimeUnit.SECONDS);
        assertThat(things.documentExists("a")).isTrue();
    }

    private void insert(String key) {
        things.insertDocument(document(key, "n", 1));
    }
}
