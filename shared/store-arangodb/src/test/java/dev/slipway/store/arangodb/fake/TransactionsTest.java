package dev.slipway.store.arangodb.fake;

import static dev.slipway.store.arangodb.fake.DoubleClient.document;
import static dev.slipway.store.arangodb.fake.DoubleClient.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoDBException;
import com.arangodb.entity.BaseDocument;
import com.arangodb.entity.StreamTransactionStatus;
import com.arangodb.model.CollectionCountOptions;
import com.arangodb.model.DocumentCreateOptions;
import com.arangodb.model.DocumentDeleteOptions;
import com.arangodb.model.DocumentReadOptions;
import com.arangodb.model.DocumentUpdateOptions;
import com.arangodb.model.PersistentIndexOptions;
import com.arangodb.model.StreamTransactionOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stream transactions of the double through the real driver. */
class TransactionsTest {

    private final ArangoDouble server = ArangoDouble.start(NamedQueries.none());
    private final DoubleClient client = DoubleClient.of(server);
    private final ArangoCollection things = client.documents("things");

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void showsItsWritesToNobodyElseUntilItCommits() {
        String id = client.begin("things");
        insert(id, "a");
        assertThat(things.getDocument("a", BaseDocument.class, new DocumentReadOptions().streamTransactionId(id)))
                .isNotNull();
        assertThat(things.count(new CollectionCountOptions().streamTransactionId(id))
                        .getCount())
                .isEqualTo(1);
        assertThat(things.documentExists("a")).isFalse();
        assertThat(server.openTransactions()).isEqualTo(1);
        client.database().commitStreamTransaction(id);
        assertThat(things.documentExists("a")).isTrue();
        assertThat(server.openTransactions()).isZero();
    }

    @Test
    void leavesNothingWhenAborted() {
        things.insertDocument(document("old", "n", 1));
        String id = client.begin("things");
        insert(id, "a");
        things.deleteDocument("old", new DocumentDeleteOptions().streamTransactionId(id));
        client.database().abortStreamTransaction(id);
        assertThat(things.documentExists("a")).isFalse();
        assertThat(things.documentExists("old")).isTrue();
        insert(client.begin("things"), "a");
    }

    @Test
    void seesTheStateOfItsBegin() {
        things.insertDocument(document("a", "n", 1));
        String id = client.begin("things");
        things.updateDocument("a", document("a", "n", 2));
        things.insertDocument(document("b", "n", 2));
        DocumentReadOptions within = new DocumentReadOptions().streamTransactionId(id);
        assertThat(things.getDocument("a", BaseDocument.class, within).getAttribute("n"))
                .isEqualTo(1);
        assertThat(things.getDocument("b", BaseDocument.class, within)).isNull();
    }

    @Test
    void seesTheNewestOfWhatItDidNotDeclare() {
        client.documents("others");
        String id = client.begin("others");
        things.insertDocument(document("a", "n", 1));
        assertThat(things.getDocument("a", BaseDocument.class, new DocumentReadOptions().streamTransactionId(id)))
                .isNotNull();
        String strict = client.database()
                .beginStreamTransaction(
                        new StreamTransactionOptions().readCollections("others").allowImplicit(false))
                .getId();
        refused(400, 1652, () -> things.count(new CollectionCountOptions().streamTransactionId(strict)));
    }

    @Test
    void refusesToWriteWhatWasNotDeclaredForIt() {
        client.documents("others");
        String id = client.database()
                .beginStreamTransaction(
                        new StreamTransactionOptions().readCollections("things").writeCollections("others"))
                .getId();
        refused(400, 1652, () -> insert(id, "a"));
        assertThat(client.database().getStreamTransaction(id).getStatus()).isEqualTo(StreamTransactionStatus.running);
        refused(404, 1203, () -> client.begin("absent"));
    }

    @Test
    void isInConflictWithAnotherThatWroteTheSameDocument() {
        things.insertDocument(document("a", "n", 1));
        String first = client.begin("things");
        String second = client.begin("things");
        update(first, "a", 2);
        refused(409, 1200, () -> update(second, "a", 3));
        refused(409, 1200, () -> things.updateDocument("a", document("a", "n", 4)));
        refused(409, 1200, () -> things.insertDocument(document("a", "n", 4)));
        client.database().commitStreamTransaction(first);
        refused(409, 1200, () -> update(second, "a", 3));
        client.database().abortStreamTransaction(second);
        update(client.begin("things"), "a", 5);
    }

    @Test
    void isInConflictWithAnotherThatTookTheSameKeyOrEntry() {
        things.ensurePersistentIndex(List.of("n"), new PersistentIndexOptions().unique(true));
        String first = client.begin("things");
        String second = client.begin("things");
        things.insertDocument(document("a", "n", 1), new DocumentCreateOptions().streamTransactionId(first));
        refused(409, 1200, () -> insert(second, "a"));
        refused(
                409,
                1200,
                () -> things.insertDocument(
                        document("b", "n", 1), new DocumentCreateOptions().streamTransactionId(second)));
        client.database().abortStreamTransaction(first);
        things.insertDocument(document("b", "n", 1), new DocumentCreateOptions().streamTransactionId(second));
        refused(
                409,
                1210,
                () -> things.insertDocument(
                        document("c", "n", 1), new DocumentCreateOptions().streamTransactionId(second)));
    }

    @Test
    void mayBeEndedTwiceButNotOtherwise() {
        String committed = client.begin("things");
        client.database().commitStreamTransaction(committed);
        assertThat(client.database().commitStreamTransaction(committed).getStatus())
                .isEqualTo(StreamTransactionStatus.committed);
        refused(400, 1653, () -> client.database().abortStreamTransaction(committed));
        refused(400, 1653, () -> insert(committed, "a"));
        String aborted = client.begin("things");
        client.database().abortStreamTransaction(aborted);
        client.database().abortStreamTransaction(aborted);
        refused(400, 1653, () -> client.database().commitStreamTransaction(aborted));
        refused(410, 1654, () -> insert(aborted, "a"));
    }

    @Test
    void isUnknownUnderAnotherId() {
        refused(404, 1655, () -> insert("99999999", "a"));
        refused(404, 1655, () -> client.database().commitStreamTransaction("99999999"));
        refused(404, 1655, () -> client.database().getStreamTransaction("99999999"));
        refused(404, 1655, () -> client.database().abortStreamTransaction("99999999"));
        assertThat(client.database().abortStreamTransaction("99999999").getStatus())
                .isEqualTo(StreamTransactionStatus.aborted);
        refused(400, 10, () -> insert("mine", "a"));
    }

    @Test
    void isAbortedWhenIdle() {
        server.transactionIdleLimit(Duration.ZERO);
        String id = client.begin("things");
        refused(410, 1654, () -> insert(id, "a"));
        assertThat(server.openTransactions()).isZero();
    }

    @Test
    void holdsNoMoreThanItsSize() {
        String id = client.database()
                .beginStreamTransaction(new StreamTransactionOptions()
                        .writeCollections("things")
                        .maxTransactionSize(200L))
                .getId();
        insert(id, "a");
        refused(
                500,
                32,
                () -> things.insertDocument(
                        document("b", "text", "x".repeat(200)), new DocumentCreateOptions().streamTransactionId(id)));
        assertThat(client.database().getStreamTransactions()).hasSize(1);
    }

    @Test
    void waitsForWhoHasACollectionExclusively() throws Exception {
        String first = exclusive(900);
        refused(500, 18, () -> exclusive(1));
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> exclusive(900));
        insert(first, "a");
        client.database().commitStreamTransaction(first);
        String id = second.get(60, TimeUnit.SECONDS);
        assertThat(things.getDocument("a", BaseDocument.class, new DocumentReadOptions().streamTransactionId(id)))
                .isNotNull();
    }

    @Test
    void isUsedByOneRequestAtATime() throws Exception {
        String id = client.begin("things");
        CountDownLatch latch = new CountDownLatch(1);
        RequestMatcher insert = RequestMatcher.request("POST", "^/_api/document/");
        server.faults().next(insert, new Fault.Delay(latch));
        CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> insert(id, "a"));
        await(() -> server.faults().injected() == 1);
        refused(500, 28, () -> insert(id, "b"));
        latch.countDown();
        slow.get(60, TimeUnit.SECONDS);
        client.database().commitStreamTransaction(id);
        assertThat(things.documentExists("a")).isTrue();
    }

    @Test
    void losesNoUpdateOfManyThreads() {
        things.insertDocument(document("a", "n", 0));
        AtomicInteger conflicts = new AtomicInteger();
        List<CompletableFuture<Void>> writers = IntStream.range(0, 4)
                .mapToObj(unused -> CompletableFuture.runAsync(() -> {
                    for (int done = 0; done < 25; ) {
                        done += increment(conflicts) ? 1 : 0;
                    }
                }))
                .toList();
        writers.forEach(CompletableFuture::join);
        assertThat(things.getDocument("a", BaseDocument.class).getAttribute("n"))
                .isEqualTo(100);
        assertThat(server.openTransactions()).isZero();
    }

    private boolean increment(AtomicInteger conflicts) {
        String id = client.begin("things");
        try {
            int n = (int) things.getDocument("a", BaseDocument.class, new DocumentReadOptions().streamTransactionId(id))
                    .getAttribute("n");
            update(id, "a", n + 1);
            client.database().commitStreamTransaction(id);
            return true;
        } catch (ArangoDBException e) {
            assertThat(e.getErrorNum()).isEqualTo(1200);
            conflicts.incrementAndGet();
            client.database().abortStreamTransaction(id);
            return false;
        }
    }

    private void insert(String transaction, String key) {
        things.insertDocument(document(key, "m", 1), new DocumentCreateOptions().streamTransactionId(transaction));
    }

    private void update(String transaction, String key, int n) {
        things.updateDocument(key, document(key, "n", n), new DocumentUpdateOptions().streamTransactionId(transaction));
    }

    private String exclusive(int lockTimeout) {
        return client.database()
                .beginStreamTransaction(new StreamTransactionOptions()
                        .exclusiveCollections("things")
                        .lockTimeout(lockTimeout))
                .getId();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
