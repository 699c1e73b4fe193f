package dev.slipway.store.arangodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.arangodb.ArangoDatabase;
import com.arangodb.entity.AqlQueryExplainEntity;
import com.arangodb.model.ExplainAqlQueryOptions;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.tests.GraphStoreConformance;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("ArangoDB, a real server")
class ArangoGraphStoreServerTest extends GraphStoreConformance {
    @RegisterExtension
    static final RealServer SERVER = new RealServer();

    private static final Pattern BOUND = Pattern.compile("@(@?\\w+)");

    @Override
    protected GraphStore open(Path folder) {
        return ArangoGraphStore.open(SERVER.settings());
    }

    /** The plan of every text: no collection is read whole but the one of events that wait, which is soon empty. */
    @ParameterizedTest
    @EnumSource(Aql.class)
    void noQueryScansACollection(Aql aql) {
        try (Connection connection = Connection.to(SERVER.settings())) {
            ArangoDatabase database = connection.arango().db(SERVER.settings().database());
            AqlQueryExplainEntity explained =
                    database.explainAqlQuery(aql.text(), bound(aql), new ExplainAqlQueryOptions());
            assertThat(explained.getPlan().getNodes())
                    .filteredOn(node -> "EnumerateCollectionNode".equals(node.get("type")))
                    .filteredOn(node -> !Table.PENDING_EVENTS.collection().equals(node.get("collection")))
                    .isEmpty();
        }
    }

    private static Map<String, Object> bound(Aql aql) {
        Map<String, Object> values = new HashMap<>();
        Matcher names = BOUND.matcher(aql.text());
        while (names.find()) {
            values.put(names.group(1), value(aql, names.group(1)));
        }
        return values;
    }

    private static Object value(Aql aql, String name) {
        return switch (name) {
            case "@collection" -> Table.FACETS.collection();
            case "graph" -> Table.GRAPH;
            case "limit", "depth" -> 3;
            case "after" ->
                aql == Aql.EVENTS_AFTER ? (Object) 0 : aql == Aql.ROWS ? "a" : Map.of("places", List.of(), "rank", "a");
            case "starts", "nodes", "known", "reached" -> List.of("entities/a", "entities/b");
            case "types", "entities" -> List.of("a", "b");
            case "listed" -> List.of("a", "b");
            case "tests", "keys", "ids", "idPatterns", "orders" -> List.of();
            case "idsDescending" -> true;
            default -> "a";
        };
    }
}
