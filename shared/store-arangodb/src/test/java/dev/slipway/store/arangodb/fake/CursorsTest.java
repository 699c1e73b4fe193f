package dev.slipway.store.arangodb.fake;

import static dev.slipway.store.arangodb.fake.DoubleClient.document;
import static dev.slipway.store.arangodb.fake.DoubleClient.edge;
import static dev.slipway.store.arangodb.fake.DoubleClient.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoCursor;
import com.arangodb.ArangoDBException;
import com.arangodb.entity.EdgeDefinition;
import com.arangodb.model.AqlQueryOptions;
import com.arangodb.model.DocumentCreateOptions;
import com.arangodb.model.PersistentIndexOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The queries of the double through the real driver. */
class CursorsTest {

    private static final String NUMBERS = "FOR n IN 1..@last RETURN n";
    private static final String THINGS = "FOR t IN things FILTER t.n >= @low SORT t.n RETURN t.n";
    private static final String HINTED =
            "FOR t IN things OPTIONS { indexHint: \"by_n\", forceIndexHint: true }" + " FILTER t.n == @n RETURN t._key";
    private static final String NAMED = "FOR t IN @@things RETURN t._key";
    private static final String NEIGHBOURS = "WITH things FOR v, e IN 1..1 OUTBOUND @start GRAPH @graph RETURN e._to";
    private static final String INSERT = "INSERT { _key: @key } INTO things";
    private static final String SNEAKY = "FOR t IN things LIMIT 1 RETURN \"@not // a parameter\" /* @nor this */";

    private final ArangoDouble server = ArangoDouble.start(queries());
    private final DoubleClient client = DoubleClient.of(server);
    private final ArangoCollection things = client.documents("things");

    private static NamedQueries queries() {
        return NamedQueries.none()
                .with(NUMBERS, (view, values) -> LongStream.rangeClosed(1, (long) values.get("last"))
                        .<Object>mapToObj(n -> n)
                        .toList())
                .with(THINGS, (view, values) -> view.documents("things").stream()
                        .map(thing -> thing.get("n"))
                        .filter(n -> new AqlOrder().compare(n, values.get("low")) >= 0)
                        .sorted(new AqlOrder())
                        .toList())
                .with(HINTED, (view, values) -> keys(view.documentsWhere("things", "n", values.get("n"))))
                .with(NAMED, (view, values) -> keys(view.documents((String) values.get("@things"))))
                .with(NEIGHBOURS, (view, values) -> view.documentsWhere("links", "_from", values.get("start")).stream()
                        .map(link -> link.get("_to"))
                        .toList())
                .withModifying(INSERT, Set.of("things"), (view, values) -> {
                    view.insert("things", Map.of("_key", values.get("key")));
                    return List.of();
                })
                .with(SNEAKY, (view, values) -> {
                    view.insert("things", Map.of("n", 1));
                    return List.of();
                });
    }

    private static List<Object> keys(List<Map<String, Object>> documents) {
        return documents.stream()
                .map(document -> document.get("_key"))
                .sorted(Comparator.comparing(String::valueOf))
                .toList();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void givesAResultInBatches() {
        ArangoCursor<Long> cursor =
                numbers(10, new AqlQueryOptions().batchSize(3).count(true));
        assertThat(cursor.getCount()).isEqualTo(10);
        assertThat(server.openCursors()).isEqualTo(1);
        assertThat(cursor.asListRemaining()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(server.openCursors()).isZero();
        assertThat(server.faults().seen(RequestMatcher.path("^/_api/cursor/"))).isEqualTo(3);
        assertThat(numbers(3, new AqlQueryOptions().batchSize(3)).asListRemaining())
                .hasSize(3);
        refused(400, 10, () -> numbers(3, new AqlQueryOptions().batchSize(0)));
    }

    @Test
    void forgetsAClosedCursor() throws Exception {
        ArangoCursor<Long> cursor = numbers(10, new AqlQueryOptions().batchSize(3));
        cursor.close();
        assertThat(server.openCursors()).isZero();
        refused(404, 1600, () -> client.database()
                .cursor(cursor.getId(), Long.class)
                .asListRemaining());
    }

    @Test
    void forgetsACursorThatNobodyReads() {
        ArangoCursor<Long> cursor =
                numbers(10, new AqlQueryOptions().batchSize(3).ttl(0));
        assertThat(server.openCursors()).isZero();
        refused(404, 1600, cursor::asListRemaining);
    }

    @Test
    void givesABatchAgainWhenRetriesAreAllowed() {
        ArangoCursor<Long> cursor =
                numbers(6, new AqlQueryOptions().batchSize(2).allowRetry(true));
        String second = cursor.getNextBatchId();
        server.faults().next(RequestMatcher.path("^/_api/cursor/"), new Fault.DropAfter());
        assertThatThrownBy(cursor::asListRemaining).isInstanceOf(ArangoDBException.class);
        ArangoCursor<Long> resumed = client.database().cursor(cursor.getId(), Long.class, second);
        assertThat(resumed.asListRemaining()).containsExactly(3L, 4L, 5L, 6L);
        // The last batch could be had again, so the driver says when it is done.
        assertThat(server.faults().seen(RequestMatcher.request("DELETE", "^/_api/cursor/")))
                .isEqualTo(1);
        assertThat(server.openCursors()).isZero();
    }

    @Test
    void knowsNoOtherTextAndSaysWhich() {
        assertThatThrownBy(() -> client.database().query("RETURN 42", Long.class))
                .hasMessageContaining("RETURN 42")
                .hasMessageContaining("not a server");
        refused(400, 1501, () -> client.database().query("RETURN 42", Long.class));
        refused(400, 1502, () -> client.database().query("", Long.class));
    }

    @Test
    void wantsExactlyTheDeclaredParameters() {
        refused(400, 1551, () -> client.database().query(NUMBERS, Long.class, Map.of()));
        refused(400, 1552, () -> client.database().query(NUMBERS, Long.class, Map.of("last", 1, "more", 1)));
        refused(400, 1551, () -> client.database().query(NAMED, String.class, Map.of("things", "things")));
        refused(400, 1553, () -> client.database().query(NAMED, String.class, Map.of("@things", 1)));
    }

    @Test
    void wantsTheCollectionsGraphsAndIndexesOfTheText() {
        refused(404, 1203, () -> client.database().query(NAMED, String.class, Map.of("@things", "absent")));
        refused(404, 1924, () -> client.database()
                .query(NEIGHBOURS, String.class, Map.of("start", "things/a", "graph", "absent")));
        refused(500, 1577, () -> client.database().query(HINTED, String.class, Map.of("n", 1)));
        things.ensurePersistentIndex(List.of("m"), new PersistentIndexOptions().name("by_n"));
        refused(500, 1577, () -> client.database().query(HINTED, String.class, Map.of("n", 1)));
        things.drop();
        refused(404, 1203, () -> client.database().query(THINGS, Long.class, Map.of("low", 1)));
    }

    @Test
    void readsThroughIndexes() {
        things.ensurePersistentIndex(List.of("n"), new PersistentIndexOptions().name("by_n"));
        things.insertDocuments(List.of(document("a", "n", 1), document("b", "n", 2), document("c", "n", 1)));
        things.updateDocument("c", document("c", "n", 3));
        assertThat(client.database()
                        .query(HINTED, String.class, Map.of("n", 1.0))
                        .asListRemaining())
                .containsExactly("a");
        client.database()
                .createGraph(
                        "all",
                        List.of(new EdgeDefinition()
                                .collection("links")
                                .from("things")
                                .to("things")));
        client.database().collection("links").insertDocument(edge("things/a", "things/b"));
        assertThat(client.database()
                        .query(NEIGHBOURS, String.class, Map.of("start", "things/a", "graph", "all"))
                        .asListRemaining())
                .containsExactly("things/b");
    }

    @Test
    void seesWhatItsTransactionSees() {
        String id = client.begin("things");
        things.insertDocument(document("a", "n", 7), new DocumentCreateOptions().streamTransactionId(id));
        AqlQueryOptions within = new AqlQueryOptions().streamTransactionId(id);
        assertThat(client.database()
                        .query(THINGS, Long.class, Map.of("low", 1), within)
                        .asListRemaining())
                .containsExactly(7L);
        assertThat(client.database().query(THINGS, Long.class, Map.of("low", 1)).asListRemaining())
                .isEmpty();
    }

    @Test
    void blocksItsTransactionUntilItIsRead() {
        String id = client.begin("things");
        ArangoCursor<Long> cursor =
                numbers(10, new AqlQueryOptions().batchSize(3).streamTransactionId(id));
        DocumentCreateOptions within = new DocumentCreateOptions().streamTransactionId(id);
        refused(500, 28, () -> things.insertDocument(document("a", "n", 1), within));
        assertThat(cursor.asListRemaining()).hasSize(10);
        things.insertDocument(document("a", "n", 1), within);
    }

    @Test
    void endsWithItsTransaction() {
        String id = client.begin("things");
        ArangoCursor<Long> cursor =
                numbers(10, new AqlQueryOptions().batchSize(3).streamTransactionId(id));
        client.database().abortStreamTransaction(id);
        assertThat(server.openCursors()).isZero();
        assertThatThrownBy(cursor::asListRemaining).isInstanceOf(ArangoDBException.class);
    }

    @Test
    void writesOnlyWhereItMay() {
        client.database().query(INSERT, Void.class, Map.of("key", "a"));
        assertThat(things.documentExists("a")).isTrue();
        refused(409, 1210, () -> client.database().query(INSERT, Void.class, Map.of("key", "a")));
        refused(400, 1652, () -> client.database().query(SNEAKY, Void.class));
        client.documents("others");
        AqlQueryOptions elsewhere = new AqlQueryOptions().streamTransactionId(client.begin("others"));
        refused(400, 1652, () -> client.database().query(INSERT, Void.class, Map.of("key", "b"), elsewhere));
    }

    private ArangoCursor<Long> numbers(int last, AqlQueryOptions options) {
        return client.database().query(NUMBERS, Long.class, Map.of("last", last), options);
    }
}
