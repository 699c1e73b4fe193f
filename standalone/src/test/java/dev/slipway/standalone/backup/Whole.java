package dev.slipway.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.artifact.ListedArtifact;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.EdgeRow;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.GraphRow.EventRow;
import dev.slipway.store.graph.GraphRow.FacetRow;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.Series;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Holds a data folder against what {@link Writers} never leave undone. */
final class Whole {
    private static final Pattern MODEL = Pattern.compile("\\{\"model\":\"([0-9a-f]{64})\"}");

    private Whole() {}

    /** Every run has its artifact and its points, every edge, facet and event its entities; returns what there is. */
    static Map<String, Long> check(Path data) {
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            GraphStore graph = stores.graph();
            Set<EntityId> entities = rows(graph, GraphRow.Kind.ENTITY).stream()
                    .map(row -> ((EntityRow) row).entity())
                    .peek(entity -> {
                        Matcher model = MODEL.matcher(entity.body());
                        assertThat(model.matches()).isTrue();
                        // Reading verifies the digest.
                        assertThat(stores.artifacts().read(new Digest(model.group(1)), 1_000_000))
                                .isNotEmpty();
                    })
                    .map(entity -> entity.id())
                    .collect(Collectors.toSet());
            List<GraphRow> edges = rows(graph, GraphRow.Kind.EDGE);
            assertThat(edges).map(row -> ((EdgeRow) row).edge()).allSatisfy(edge -> assertThat(entities)
                    .contains(edge.from().id(), edge.to().id()));
            List<GraphRow> facets = rows(graph, GraphRow.Kind.FACET);
            assertThat(facets).map(row -> ((FacetRow) row).facet()).allSatisfy(update -> {
                assertThat(entities).contains(update.entity().id());
                long latest = update.facet().step();
                Series series = new Series(Writers.WORKSPACE, update.entity().id(), Writers.LOSS);
                assertThat(stores.metrics()
                                .range(series, 0, latest, 100, Optional.empty())
                                .items())
                        .hasSize((int) latest + 1);
            });
            List<GraphRow> events = rows(graph, GraphRow.Kind.EVENT);
            assertThat(events).map(row -> ((EventRow) row).event()).allSatisfy(event -> assertThat(entities)
                    .contains(event.event().subject().id()));
            return new TreeMap<>(Map.of(
                    "entities", (long) entities.size(),
                    "edges", (long) edges.size(),
                    "facets", (long) facets.size(),
                    "events", (long) events.size(),
                    "claims", (long) rows(graph, GraphRow.Kind.CLAIM).size()));
        }
    }

    private static List<GraphRow> rows(GraphStore graph, GraphRow.Kind kind) {
        List<GraphRow> rows = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<GraphRow> page = graph.rows(kind, 500, cursor);
            rows.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return rows;
    }

    static Set<Digest> artifacts(Path data) {
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            return stores.artifacts().list(1000, Optional.empty()).items().stream()
                    .map(ListedArtifact::artifact)
                    .map(artifact -> artifact.digest())
                    .collect(Collectors.toSet());
        }
    }
}
