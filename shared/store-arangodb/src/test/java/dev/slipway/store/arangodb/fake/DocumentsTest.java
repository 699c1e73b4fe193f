package dev.slipway.store.arangodb.fake;

import static dev.slipway.store.arangodb.fake.DoubleClient.document;
import static dev.slipway.store.arangodb.fake.DoubleClient.edge;
import static dev.slipway.store.arangodb.fake.DoubleClient.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.arangodb.ArangoCollection;
import com.arangodb.entity.BaseDocument;
import com.arangodb.entity.DocumentCreateEntity;
import com.arangodb.entity.DocumentUpdateEntity;
import com.arangodb.entity.ErrorEntity;
import com.arangodb.entity.MultiDocumentEntity;
import com.arangodb.model.DocumentCreateOptions;
import com.arangodb.model.DocumentDeleteOptions;
import com.arangodb.model.DocumentReadOptions;
import com.arangodb.model.DocumentReplaceOptions;
import com.arangodb.model.DocumentUpdateOptions;
import com.arangodb.model.OverwriteMode;
import com.arangodb.util.RawJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The documents of the double through the real driver. */
class DocumentsTest {

    private final ArangoDouble server = ArangoDouble.start(NamedQueries.none());
    private final DoubleClient client = DoubleClient.of(server);
    private final ArangoCollection things = client.documents("things");

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void keepsWhatIsInserted() {
        DocumentCreateEntity<Void> created = things.insertDocument(document("a", "n", Long.MAX_VALUE));
        assertThat(created.getId()).isEqualTo("things/a");
        BaseDocument read = things.getDocument("a", BaseDocument.class);
        assertThat(read.getAttribute("n")).isEqualTo(Long.MAX_VALUE);
        assertThat(read.getRevision()).isEqualTo(created.getRev());
        assertThat(things.getDocument("absent", BaseDocument.class)).isNull();
        assertThat(things.documentExists("a")).isTrue();
        assertThat(things.documentExists("absent")).isFalse();
    }

    @Test
    void makesUpMissingKeys() {
        String first = things.insertDocument(Map.of("n", 1)).getKey();
        String second = things.insertDocument(Map.of("n", 2)).getKey();
        assertThat(first).isNotEqualTo(second);
        assertThat(things.getDocument(second, BaseDocument.class).getAttribute("n"))
                .isEqualTo(2);
    }

    @Test
    void holdsTheRulesOfKeys() {
        String longest = "k".repeat(254);
        things.insertDocument(Map.of("_key", longest));
        things.insertDocument(Map.of("_key", "aA0_-:.@()+,=;$!*'%"));
        assertThat(things.getDocument("aA0_-:.@()+,=;$!*'%", BaseDocument.class))
                .isNotNull();
        refused(400, 1221, () -> things.insertDocument(Map.of("_key", longest + "k")));
        refused(400, 1221, () -> things.insertDocument(Map.of("_key", "a/b")));
        refused(400, 1221, () -> things.insertDocument(Map.of("_key", "ä")));
        refused(400, 1221, () -> things.insertDocument(Map.of("_key", "")));
        refused(400, 1221, () -> things.insertDocument(Map.of("_key", 1)));
    }

    @Test
    void refusesAKeyThatIsTaken() {
        things.insertDocument(document("a", "n", 1));
        refused(409, 1210, () -> things.insertDocument(document("a", "n", 2)));
        refused(404, 1203, () -> client.database().collection("absent").insertDocument(document("a", "n", 1)));
    }

    @Test
    void insertsOverWhatIsThereWhenTold() {
        things.insertDocument(Map.of("_key", "a", "n", 1, "kept", true));
        things.insertDocument(document("a", "n", 2), new DocumentCreateOptions().overwriteMode(OverwriteMode.ignore));
        assertThat(read("a")).containsEntry("n", 1);
        things.insertDocument(document("a", "n", 3), new DocumentCreateOptions().overwriteMode(OverwriteMode.update));
        assertThat(read("a")).containsEntry("n", 3).containsEntry("kept", true);
        things.insertDocument(document("a", "n", 4), new DocumentCreateOptions().overwriteMode(OverwriteMode.replace));
        assertThat(read("a")).containsEntry("n", 4).doesNotContainKey("kept");
    }

    @Test
    void changesTheRevisionWithEveryWrite() {
        String first = things.insertDocument(document("a", "n", 1)).getRev();
        DocumentUpdateEntity<Void> second = things.updateDocument("a", document("a", "n", 2));
        String third = things.replaceDocument("a", document("a", "n", 3)).getRev();
        assertThat(second.getOldRev()).isEqualTo(first);
        assertThat(List.of(first, second.getRev(), third)).doesNotHaveDuplicates();
    }

    @Test
    void refusesAnotherRevisionThanTheExpected() {
        String old = things.insertDocument(document("a", "n", 1)).getRev();
        things.replaceDocument("a", document("a", "n", 2));
        refused(
                412,
                1200,
                () -> things.replaceDocument("a", document("a", "n", 3), new DocumentReplaceOptions().ifMatch(old)));
        refused(
                412,
                1200,
                () -> things.updateDocument("a", document("a", "n", 3), new DocumentUpdateOptions().ifMatch(old)));
        refused(412, 1200, () -> things.deleteDocument("a", new DocumentDeleteOptions().ifMatch(old)));
        // The driver makes nothing of this refusal.
        assertThat(things.getDocument("a", BaseDocument.class, new DocumentReadOptions().ifMatch(old)))
                .isNull();
        BaseDocument stale = document("a", "n", 3);
        stale.setRevision(old);
        refused(412, 1200, () -> things.replaceDocument("a", stale, new DocumentReplaceOptions().ignoreRevs(false)));
        assertThat(read("a")).containsEntry("n", 2);
        things.replaceDocument("a", stale);
        assertThat(read("a")).containsEntry("n", 3);
    }

    @Test
    void refusesToChangeWhatIsNotThere() {
        refused(404, 1202, () -> things.updateDocument("absent", Map.of("n", 1)));
        refused(404, 1202, () -> things.replaceDocument("absent", Map.of("n", 1)));
        refused(404, 1202, () -> things.deleteDocument("absent"));
    }

    @Test
    void mergesAPatch() {
        things.insertDocument(Map.of("_key", "a", "inner", Map.of("x", 1, "y", 2), "n", 1));
        RawJson patch = RawJson.of("{\"n\":null,\"inner\":{\"y\":3}}");
        things.updateDocument("a", patch);
        assertThat(read("a")).containsEntry("n", null).containsEntry("inner", Map.of("x", 1, "y", 3));
        things.updateDocument(
                "a", patch, new DocumentUpdateOptions().keepNull(false).mergeObjects(false));
        assertThat(read("a")).doesNotContainKey("n").containsEntry("inner", Map.of("y", 3));
    }

    @Test
    void givesOldAndNewWhenAsked() {
        things.insertDocument(document("a", "n", 1));
        DocumentUpdateEntity<BaseDocument> changed = things.replaceDocument(
                "a",
                document("a", "n", 2),
                new DocumentReplaceOptions().returnOld(true).returnNew(true),
                BaseDocument.class);
        assertThat(changed.getOld().getAttribute("n")).isEqualTo(1);
        assertThat(changed.getNew().getAttribute("n")).isEqualTo(2);
    }

    @Test
    void wantsBothEndsOfAnEdge() {
        ArangoCollection links = client.edges("links");
        links.insertDocument(edge("things/a", "things/b"));
        refused(400, 1233, () -> links.insertDocument(Map.of("_from", "things/a")));
        refused(400, 1233, () -> links.insertDocument(edge("things/a", "nowhere")));
        refused(400, 1233, () -> links.insertDocument(edge("things/a", "things/b/c")));
    }

    @Test
    void tellsForEachOfManyWhatBecameOfIt() {
        things.insertDocument(document("taken", "n", 0));
        MultiDocumentEntity<DocumentCreateEntity<Void>> created = things.insertDocuments(
                List.of(document("a", "n", 1), document("taken", "n", 2), document("b", "n", 3)));
        assertThat(created.getDocuments())
                .extracting(DocumentCreateEntity::getKey)
                .containsExactly("a", "b");
        assertThat(created.getErrors()).extracting(ErrorEntity::getErrorNum).containsExactly(1210);
        assertThat(created.getDocumentsAndErrors()).hasSize(3);
        assertThat(things.count().getCount()).isEqualTo(3);
    }

    @Test
    void comparesTheRevisionsOfManyWhenTold() {
        String stale = things.insertDocument(document("a", "n", 1)).getRev();
        things.insertDocument(document("b", "n", 1));
        things.replaceDocument("a", document("a", "n", 2));
        BaseDocument a = document("a", "n", 3);
        a.setRevision(stale);
        BaseDocument b = document("b", "n", 3);
        var replaced = things.replaceDocuments(List.of(a, b), new DocumentReplaceOptions().ignoreRevs(false));
        assertThat(replaced.getErrors()).extracting(ErrorEntity::getErrorNum).containsExactly(1200);
        assertThat(read("a")).containsEntry("n", 2);
        assertThat(read("b")).containsEntry("n", 3);
        var removed = things.deleteDocuments(List.of(a, b), new DocumentDeleteOptions().ignoreRevs(false));
        assertThat(removed.getErrors()).hasSize(1);
        assertThat(things.documentExists("b")).isFalse();
    }

    @Test
    void givesOnlyErrorsWhenSilent() {
        things.insertDocument(document("taken", "n", 0));
        var created = things.insertDocuments(
                List.of(document("a", "n", 1), document("taken", "n", 2)), new DocumentCreateOptions().silent(true));
        assertThat(created.getDocuments()).isEmpty();
        assertThat(created.getErrors()).hasSize(1);
        assertThat(things.documentExists("a")).isTrue();
    }

    @Test
    void readsMany() {
        things.insertDocuments(List.of(document("a", "n", 1), document("b", "n", 2)));
        MultiDocumentEntity<BaseDocument> read = things.getDocuments(List.of("a", "absent", "b"), BaseDocument.class);
        assertThat(read.getDocuments()).extracting(BaseDocument::getKey).containsExactly("a", "b");
        assertThat(read.getErrors()).extracting(ErrorEntity::getErrorNum).containsExactly(1202);
    }

    private Map<String, Object> read(String key) {
        return things.getDocument(key, BaseDocument.class).getProperties();
    }
}
