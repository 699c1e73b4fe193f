package dev.slipway.store.arangodb.fake;

import static dev.slipway.store.arangodb.fake.DoubleClient.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.arangodb.ArangoDatabase;
import com.arangodb.Request;
import com.arangodb.Response;
import com.arangodb.entity.CollectionType;
import com.arangodb.model.DBCreateOptions;
import com.arangodb.model.DatabaseOptions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The double through the real driver: the server, its users, databases and collections. */
class ArangoDoubleTest {

    private final ArangoDouble server = ArangoDouble.start(NamedQueries.none());
    private final DoubleClient client = DoubleClient.of(server);

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void saysThatItIsASingleServer() {
        assertThat(client.driver().getVersion().getVersion()).isEqualTo("3.12.4");
        assertThat(client.driver().getRole()).isEqualTo(com.arangodb.entity.ServerRole.SINGLE);
        assertThat(client.database().getInfo().getSharding()).isNull();
    }

    @Test
    void saysWhatItIsTold() {
        server.role(ServerRole.COORDINATOR).version("3.11.1").sharding("single");
        assertThat(client.driver().getVersion().getVersion()).isEqualTo("3.11.1");
        assertThat(client.driver().getRole()).isEqualTo(com.arangodb.entity.ServerRole.COORDINATOR);
        assertThat(client.database().getInfo().getSharding()).isEqualTo("single");
    }

    @Test
    void labelsItself() {
        Response<Void> answer = client.driver()
                .execute(
                        Request.builder()
                                .method(Request.Method.GET)
                                .path("/_api/version")
                                .build(),
                        Void.class);
        assertThat(answer.getHeaders())
                .containsEntry("server", "in-test double of the ArangoDB HTTP API, not a server");
    }

    @Test
    void letsNobodyInWithoutThePassword() {
        server.credentials("root", "secret");
        refused(401, 11, () -> client.driver().getVersion());
        try (DoubleClient known = DoubleClient.of(server, "secret")) {
            assertThat(known.driver().getVersion().getVersion()).isNotEmpty();
        }
    }

    @Test
    void keepsDatabasesApart() {
        client.driver().createDatabase("lab");
        refused(409, 1207, () -> client.driver().createDatabase("lab"));
        refused(400, 1229, () -> client.driver().createDatabase("no spaces"));
        refused(404, 1228, () -> client.driver().db("absent").getCollections());
        ArangoDatabase lab = client.driver().db("lab");
        lab.createCollection("things");
        assertThat(lab.collection("things").exists()).isTrue();
        assertThat(client.database().collection("things").exists()).isFalse();
        assertThat(client.driver().getDatabases()).contains("_system", "lab");
        lab.drop();
        assertThat(client.driver().getDatabases()).doesNotContain("lab");
    }

    @Test
    void remembersTheShardingOfADatabase() {
        server.role(ServerRole.COORDINATOR);
        client.driver()
                .createDatabase(new DBCreateOptions().name("one").options(new DatabaseOptions().sharding("single")));
        assertThat(client.driver().db("one").getInfo().getSharding()).isEqualTo("single");
        assertThat(client.database().getInfo().getSharding()).isEmpty();
        refused(400, 10, () -> client.driver()
                .createDatabase(new DBCreateOptions().name("two").options(new DatabaseOptions().sharding("double"))));
    }

    @Test
    void createsACollectionOnce() {
        client.documents("things");
        refused(409, 1207, () -> client.documents("things"));
        refused(400, 1208, () -> client.documents("9things"));
        assertThat(client.edges("links").getInfo().getType()).isEqualTo(CollectionType.EDGES);
        assertThat(client.database().collection("absent").exists()).isFalse();
        refused(404, 1203, () -> client.database().collection("absent").count());
    }

    @Test
    void emptiesAndDropsACollection() {
        var things = client.documents("things");
        things.insertDocument(DoubleClient.document("a", "n", 1));
        assertThat(things.count().getCount()).isEqualTo(1);
        things.truncate();
        assertThat(things.count().getCount()).isZero();
        things.drop();
        assertThat(things.exists()).isFalse();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        refused(501, 9, () -> client.database().getSearchAnalyzers());
        refused(501, 9, () -> client.driver()
                .execute(
                        Request.builder()
                                .method(Request.Method.POST)
                                .path("/_api/document/things")
                                .header("x-arango-async", "store")
                                .body(Map.of())
                                .build(),
                        Void.class));
    }
}
