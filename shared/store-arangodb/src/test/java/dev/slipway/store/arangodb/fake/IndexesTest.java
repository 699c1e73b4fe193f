package dev.slipway.store.arangodb.fake;

import static dev.slipway.store.arangodb.fake.DoubleClient.document;
import static dev.slipway.store.arangodb.fake.DoubleClient.edge;
import static dev.slipway.store.arangodb.fake.DoubleClient.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.arangodb.ArangoCollection;
import com.arangodb.entity.EdgeDefinition;
import com.arangodb.entity.IndexEntity;
import com.arangodb.entity.IndexType;
import com.arangodb.model.PersistentIndexOptions;
import com.arangodb.model.TtlIndexOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The indexes and graphs of the double through the real driver. */
class IndexesTest {

    private final ArangoDouble server = ArangoDouble.start(NamedQueries.none());
    private final DoubleClient client = DoubleClient.of(server);
    private final ArangoCollection things = client.documents("things");

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void makesAnIndexOnce() {
        PersistentIndexOptions options = new PersistentIndexOptions().name("by_n");
        IndexEntity first = things.ensurePersistentIndex(List.of("n", "m"), options);
        IndexEntity second = things.ensurePersistentIndex(List.of("n", "m"), options);
        assertThat(first.getIsNewlyCreated()).isTrue();
        assertThat(second.getIsNewlyCreated()).isFalse();
        assertThat(second.getId()).isEqualTo(first.getId());
        assertThat(things.getIndex("by_n").getFields()).containsExactly("n", "m");
        refused(409, 1207, () -> things.ensurePersistentIndex(List.of("other"), options));
        things.deleteIndex(first.getId());
        refused(404, 1212, () -> things.getIndex("by_n"));
    }

    @Test
    void listsTheIndexesThatAreAlwaysThere() {
        assertThat(things.getIndexes()).extracting(IndexEntity::getType).containsExactly(IndexType.primary);
        assertThat(client.edges("links").getIndexes())
                .extracting(IndexEntity::getType)
                .contains(IndexType.primary, IndexType.edge);
    }

    @Test
    void refusesWhatCannotBeIndexed() {
        refused(400, 10, () -> things.ensurePersistentIndex(List.of(), null));
        refused(400, 10, () -> things.ensurePersistentIndex(List.of("a", "a"), null));
        refused(400, 10, () -> things.ensurePersistentIndex(List.of("_id"), null));
        refused(400, 10, () -> things.ensureTtlIndex(List.of("a", "b"), new TtlIndexOptions().expireAfter(1)));
        refused(404, 1203, () -> client.database().collection("absent").ensurePersistentIndex(List.of("a"), null));
        things.ensureTtlIndex(List.of("a"), new TtlIndexOptions().expireAfter(60));
        refused(400, 10, () -> things.ensureTtlIndex(List.of("b"), new TtlIndexOptions().expireAfter(60)));
    }

    @Test
    void keepsAUniqueIndexUnique() {
        things.ensurePersistentIndex(List.of("inner.n"), new PersistentIndexOptions().unique(true));
        things.insertDocument(Map.of("_key", "a", "inner", Map.of("n", 1)));
        refused(409, 1210, () -> things.insertDocument(Map.of("inner", Map.of("n", 1.0))));
        things.insertDocument(Map.of("_key", "b", "inner", Map.of("n", 2)));
        refused(409, 1210, () -> things.updateDocument("b", Map.of("inner", Map.of("n", 1))));
        things.updateDocument("b", Map.of("inner", Map.of("n", 2, "m", 1)));
        things.insertDocument(Map.of("_key", "without"));
        refused(409, 1210, () -> things.insertDocument(Map.of("_key", "without-too")));
        things.deleteDocument("a");
        things.insertDocument(Map.of("_key", "c", "inner", Map.of("n", 1)));
    }

    @Test
    void leavesOutWhatASparseIndexDoes() {
        things.ensurePersistentIndex(
                List.of("n"), new PersistentIndexOptions().unique(true).sparse(true));
        things.insertDocument(Map.of("_key", "a"));
        things.insertDocument(Map.of("_key", "b"));
        things.insertDocument(document("c", "n", 1));
        refused(409, 1210, () -> things.insertDocument(document("d", "n", 1)));
    }

    @Test
    void makesNoUniqueIndexThatIsViolatedAlready() {
        things.insertDocument(document("a", "n", 1));
        things.insertDocument(document("b", "n", 1));
        refused(400, 1210, () -> things.ensurePersistentIndex(List.of("n"), new PersistentIndexOptions().unique(true)));
    }

    @Test
    void makesAGraphWithItsCollections() {
        EdgeDefinition links =
                new EdgeDefinition().collection("links").from("things").to("things", "others");
        client.database().createGraph("all", List.of(links));
        assertThat(client.database().graph("all").exists()).isTrue();
        assertThat(client.database().graph("all").getEdgeDefinitions()).containsExactly("links");
        assertThat(client.database().graph("all").getVertexCollections()).containsExactlyInAnyOrder("things", "others");
        client.database().collection("links").insertDocument(edge("things/a", "others/b"));
        assertThat(client.database().getGraphs()).hasSize(1);
        refused(403, 1942, () -> client.database().collection("links").drop());
    }

    @Test
    void refusesGraphsThatContradict() {
        EdgeDefinition links =
                new EdgeDefinition().collection("links").from("things").to("things");
        client.database().createGraph("all", List.of(links));
        refused(409, 1925, () -> client.database().createGraph("all", List.of(links)));
        refused(400, 1920, () -> client.database().createGraph("twice", List.of(links, links)));
        EdgeDefinition other =
                new EdgeDefinition().collection("links").from("things").to("others");
        refused(409, 1921, () -> client.database().createGraph("other", List.of(other)));
        EdgeDefinition documents =
                new EdgeDefinition().collection("things").from("things").to("things");
        refused(400, 1944, () -> client.database().createGraph("documents", List.of(documents)));
        refused(404, 1924, () -> client.database().graph("absent").getInfo());
    }

    @Test
    void addsAnEdgeDefinition() {
        EdgeDefinition links =
                new EdgeDefinition().collection("links").from("things").to("things");
        client.database().createGraph("all", List.of(links));
        client.database()
                .graph("all")
                .addEdgeDefinition(
                        new EdgeDefinition().collection("more").from("things").to("things"));
        assertThat(client.database().graph("all").getEdgeDefinitions()).containsExactly("links", "more");
        assertThat(client.database().collection("more").exists()).isTrue();
    }
}
