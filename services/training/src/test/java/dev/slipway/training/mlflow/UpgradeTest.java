package dev.slipway.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.Put;
import dev.slipway.training.HashedKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was written before it had facets is found by MLflow's searches. */
@Timeout(120)
class UpgradeTest {
    private static final EntityId EXPERIMENT = new EntityId("0197a000000070008000000000000308");
    private static final EntityId RUN = new EntityId("0197a000000070008000000000000309");

    @Test
    void whatWasThereBeforeIsFound(@TempDir Path data) throws IOException {
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            stores.graph()
                    .commit(Batch.in(Workspace.DEFAULT)
                            .put(new Put(
                                    EntityType.EXPERIMENT,
                                    EXPERIMENT,
                                    0,
                                    1,
                                    1_700_000_000_000L,
                                    golden("experiment-v1.json"),
                                    List.of(IndexEntry.of("all", IndexValue.of(1_700_000_000_000L)))))
                            .put(new Put(
                                    EntityType.RUN,
                                    RUN,
                                    0,
                                    1,
                                    1_700_000_000_001L,
                                    golden("run-v1.json"),
                                    List.of(IndexEntry.of("experiment", IndexValue.of(EXPERIMENT.value())))))
                            .build());
        }
        try (MlflowServer server = new MlflowServer(data)) {
            Map<String, Object> digits = Map.of("max_results", 10, "filter", "name = 'digits ä'");
            while (server.post("experiments/search", digits).list("experiments").isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(server.post("experiments/search", digits).text("experiments", 0, "last_update_time"))
                    .isEqualTo("1700000000000");

            Map<String, Object> finished = Map.of(
                    "experiment_ids",
                    List.of(EXPERIMENT.value()),
                    "filter",
                    "attributes.status = 'FINISHED' AND attributes.run_name = 'run ä'",
                    "order_by",
                    List.of("attributes.start_time DESC"));
            while (server.post("runs/search", finished).list("runs").isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(server.post("runs/search", finished).text("runs", 0, "info", "run_id"))
                    .isEqualTo(RUN.value());
        }
    }

    @Test
    void metricsOfLoggedModelsOfBeforeAreFoundByTheirValueAndToldWithNewOnes(@TempDir Path data) throws IOException {
        EntityId model = new EntityId("0197a000000070008000000000000310");
        EntityRef ref = new EntityRef(EntityType.LOGGED_MODEL, model);
        Facet latest = new Facet(FacetKind.METRIC, "loss", new Facet.Value.Num(0.5), 3, 1000);
        Facet told = new Facet(
                FacetKind.ATTRIBUTE,
                HashedKey.of("metric", "loss", RUN.value(), "", ""),
                new Facet.Value.Text("{\"key\":\"loss\",\"value\":\"0.5\",\"run\":\"" + RUN.value()
                        + "\",\"dataset\":null,\"digest\":null}"),
                3,
                1000);
        String experiment;
        try (MlflowServer server = new MlflowServer(data)) {
            experiment = server.post("experiments/create", Map.of("name", "e")).text("experiment_id");
        }
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            // As if it had not been looked for yet.
            stores.graph()
                    .remove(stores.graph().rows(GraphRow.Kind.CLAIM, 100, Optional.empty()).items().stream()
                            .filter(row -> ((GraphRow.ClaimRow) row).name().startsWith("facets/"))
                            .toList());
            EntityId scope = new EntityId(experiment);
            stores.graph()
                    .commit(Batch.in(Workspace.DEFAULT)
                            .put(new Put(
                                    EntityType.LOGGED_MODEL,
                                    model,
                                    0,
                                    1,
                                    1,
                                    golden("logged-model-v1.json")
                                            .replaceFirst(
                                                    "\"experiment\":\"[0-9a-f]{32}\"",
                                                    "\"experiment\":\"" + experiment + "\"")
                                            .replaceFirst("\"deleted\":[0-9]+", "\"deleted\":null"),
                                    List.of()))
                            .facet(new FacetUpdate(ref, scope, latest))
                            .facet(new FacetUpdate(ref, scope, told))
                            .build());
        }
        try (MlflowServer server = new MlflowServer(data)) {
            Map<String, Object> wanted = Map.of(
                    "experiment_ids", List.of(experiment), "filter", "metrics.loss < 0.6 AND metrics.loss > 0.4");
            while (server.post("logged-models/search", wanted).list("models").isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(server.get("logged-models/m-" + model.value()).list("model", "data", "metrics"))
                    .hasSize(1);
        }
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = UpgradeTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
