package dev.slipway.store.arangodb;

import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDatabase;
import com.arangodb.entity.BaseDocument;
import com.arangodb.entity.CollectionType;
import com.arangodb.entity.EdgeDefinition;
import com.arangodb.model.CollectionCreateOptions;
import com.arangodb.model.PersistentIndexOptions;
import com.arangodb.model.TtlIndexOptions;
import dev.slipway.kernel.SlipwayException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings the database's schema to the newest version, one numbered step after the other. The database can't make
 * collections in a transaction, so a step makes only what is missing and may be done again, by several processes at
 * once. A step that was ever released is never changed: what is new is a further step.
 */
final class Schema {
    private static final String VERSION = "version";

    private static final List<Consumer<ArangoDatabase>> STEPS = List.of(Schema::step1);

    private Schema() {}

    static void upgrade(ArangoDatabase database, ArangoSettings settings) {
        for (int done = version(database, settings); done < STEPS.size(); done++) {
            STEPS.get(done).accept(database);
            remember(database, done + 1, settings);
        }
    }

    private static int version(ArangoDatabase database, ArangoSettings settings) {
        int version = stored(database)
                .map(document -> (int) Fields.number(document, VERSION))
                .orElse(0);
        if (version > STEPS.size()) {
            throw SlipwayException.unsupported(
                    "store.newer-version",
                    settings + " was written by a newer Slipway: it has version " + version + ", this one knows "
                            + STEPS.size()
                            + ". Nothing was changed. Run the newer Slipway, or name another database.");
        }
        return version;
    }

    private static Optional<BaseDocument> stored(ArangoDatabase database) {
        return database.collection(Table.META.collection()).exists()
                ? Session.outside(database).get(Table.META, Keys.SCHEMA)
                : Optional.empty();
    }

    private static void remember(ArangoDatabase database, int done, ArangoSettings settings) {
        Session session = Session.outside(database);
        Optional<BaseDocument> before = stored(database);
        // Another process may have come as far, or farther, meanwhile.
        if (before.isPresent() && version(database, settings) >= done) {
            return;
        }
        BaseDocument document = before.orElseGet(() -> new BaseDocument(Keys.SCHEMA));
        document.addAttribute(VERSION, done);
        if (before.isPresent()) {
            session.replace(Table.META, List.of(document));
        } else {
            session.insertAbsent(Table.META, List.of(document));
        }
    }

    private static void step1(ArangoDatabase database) {
        for (Table table : List.of(Table.values())) {
            collection(database, table);
        }
        unlessExists(
                ArangoErrors.GRAPH_EXISTS,
                () -> database.createGraph(
                        Table.GRAPH,
                        List.of(new EdgeDefinition()
                                .collection(Table.EDGES.collection())
                                .from(Table.ENTITIES.collection())
                                .to(Table.ENTITIES.collection()))));
        index(database, Table.ENTRIES, "entries_by_place", "workspace", "type", "name", "place");
        index(database, Table.EDGES, "edges_by_from", "_from", "type");
        index(database, Table.EDGES, "edges_by_to", "_to", "type");
        index(database, Table.FACETS, "facets_by_place", "workspace", "type", "scope", "kind", "key", "place");
        index(database, Table.FACETS, "facets_by_entity", "workspace", "entity", "kind", "key");
        index(database, Table.FACET_ENTITIES, "facet_entities_by_place", "workspace", "type", "scope", "place");
        index(database, Table.EVENTS, "events_by_position", "position");
        database.collection(Table.COMMITS.collection())
                .ensureTtlIndex(
                        List.of("expires"),
                        new TtlIndexOptions().name("commits_by_expiry").expireAfter(0));
        Session.outside(database).insertAbsent(Table.META, List.of(Sequencer.counter()));
    }

    private static void collection(ArangoDatabase database, Table table) {
        if (!database.collection(table.collection()).exists()) {
            unlessExists(
                    ArangoErrors.DUPLICATE_NAME,
                    () -> database.createCollection(
                            table.collection(),
                            new CollectionCreateOptions()
                                    .type(table == Table.EDGES ? CollectionType.EDGES : CollectionType.DOCUMENT)));
        }
    }

    private static void index(ArangoDatabase database, Table table, String name, String... fields) {
        database.collection(table.collection())
                .ensurePersistentIndex(List.of(fields), new PersistentIndexOptions().name(name));
    }

    private static void unlessExists(int exists, Runnable make) {
        try {
            make.run();
        } catch (ArangoDBException e) {
            if (ArangoErrors.number(e) != exists) {
                throw e;
            }
        }
    }
}
