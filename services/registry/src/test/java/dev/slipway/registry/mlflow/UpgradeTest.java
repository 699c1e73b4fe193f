package dev.slipway.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.registry.TestProcess;
import dev.slipway.registry.mlflow.MlflowCalls.Answer;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
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
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models and versions that were written before they could be searched are found by MLflow's searches. */
@Timeout(120)
class UpgradeTest {
    private static final EntityId MODEL = new EntityId("0197a000000070008000000000000104");
    private static final EntityId VERSION = new EntityId("0197a000000070008000000000000107");

    @Test
    void whatWasThereBeforeIsFound(@TempDir Path data) throws IOException {
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            stores.graph()
                    .commit(Batch.in(Workspace.DEFAULT)
                            .put(put(EntityType.MODEL, MODEL, "model-v1.json", IndexEntry.of("all", IndexValue.of(1L))))
                            .put(put(
                                    EntityType.MODEL_VERSION,
                                    VERSION,
                                    "model-version-v1.json",
                                    IndexEntry.of("model", IndexValue.of(MODEL.value()), IndexValue.of(2L))))
                            .claim(new ClaimChange.Take("model-name/digits ä", MODEL.value()))
                            .build());
        }
        try (TestProcess process =
                TestProcess.start(data, Map.of("micronaut.server.host", "127.0.0.1", "slipway.jobs.enabled", false))) {
            MlflowCalls mlflow = new MlflowCalls(process);
            String filter = "name = 'digits ä' AND version_number = 2";
            until(() -> mlflow.get("registered-models/search", "filter", "name LIKE 'digits%'"), "registered_models.0");
            until(() -> mlflow.get("model-versions/search", "filter", filter), "model_versions.0");
            assertThat(mlflow.get("model-versions/search", "filter", filter).at("model_versions.0.version"))
                    .isEqualTo("2");
            assertThat(mlflow.post("registered-models/get-latest-versions", Map.of("name", "digits ä"))
                            .at("model_versions.0.version"))
                    .isEqualTo("2");
        }
    }

    private static void until(Supplier<Answer> call, String found) {
        Answer answer;
        do {
            answer = call.get();
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        } while (answer.at(found) == null);
    }

    private static Put put(EntityType type, EntityId id, String golden, IndexEntry place) throws IOException {
        try (InputStream file = UpgradeTest.class.getResourceAsStream("/golden/" + golden)) {
            String body = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("\"aliases\":\\{[^}]*}", "\"aliases\":{}");
            return new Put(type, id, 0, 1, 1, body, List.of(place));
        }
    }
}
