package dev.slipway.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.Put;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Experiments and runs that were written before they had facets are found by MLflow's searches. */
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

    private static String golden(String name) throws IOException {
        try (InputStream file = UpgradeTest.class.getResourceAsStream("/golden/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
