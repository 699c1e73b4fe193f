package dev.slipway.store.arangodb.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arangodb.ArangoCollection;
import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDatabase;
import com.arangodb.entity.BaseDocument;
import com.arangodb.entity.CollectionType;
import com.arangodb.entity.ServerRole;
import com.arangodb.model.CollectionCreateOptions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The double through the real driver: the server, its databases, collections and users. */
class ArangoDoubleTest {

    private final ArangoDouble server = ArangoDouble.start(NamedQueries.none());
    private final DoubleClient client = DoubleClient.of(server);

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void saysWhatItIs() {
        assertThat(client.driver().getVersion().getVersion()).isEqualTo("3.12.4");
        assertThat(client.driver().getRole()).isEqualTo(ServerRole.SINGLE);
    }

    @Test
    void createsACollectionOnce() {
        ArangoDatabase database = client.database();
        database.createCollection("things");
        refused(409, 1207, () -> database.createCollection("things"));
        refused(400, 1208, () -> database.createCollection("9things"));
        database.createCollection("edges", new CollectionCreateOptions().type(CollectionType.EDGES));
        assertThat(database.collection("edges").getInfo().getType()).isEqualTo(CollectionType.EDGES);
        assertThat(database.collection("absent").exists()).isFalse();
    }

    @Test
    void insertsAndReads() {
        client.database().createCollection("things");
        ArangoCollection things = client.database().collection("things");
        BaseDocument document = new BaseDocument("a");
        document.addAttribute("n", 1);
        things.insertDocument(document);
        assertThat(things.getDocument("a", BaseDocument.class).getAttribute("n"))
                .isEqualTo(1);
        assertThat(things.count().getCount()).isEqualTo(1);
    }

    private static void refused(int status, int errorNumber, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ArangoDBException.class, e -> {
            assertThat(e.getResponseCode()).isEqualTo(status);
            assertThat(e.getErrorNum()).isEqualTo(errorNumber);
        });
    }
}
