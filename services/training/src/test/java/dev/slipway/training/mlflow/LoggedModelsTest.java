package dev.slipway.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.training.TestDatasets;
import dev.slipway.training.mlflow.MlflowServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MLflow's calls about logged models, and what runs use and make, over HTTP. */
@Timeout(120)
class LoggedModelsTest {
    @TempDir
    private Path data;

    private MlflowServer server;
    private String run;

    @BeforeEach
    void open() {
        server = new MlflowServer(data);
        run = run();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String run() {
        return server.post("runs/create", Map.of("experiment_id", "0")).text("run", "info", "run_id");
    }

    private String model(String name) {
        return server.post("logged-models", Map.of("experiment_id", "0", "name", name, "source_run_id", run))
                .text("model", "info", "model_id");
    }

    private Answer read(String model) {
        return server.get("logged-models/" + model);
    }

    private static Map<String, Object> pair(String key, String value) {
        return Map.of("key", key, "value", value);
    }

    private static Map<String, Object> dataset(String name, String digest, String source) {
        return Map.of("name", name, "digest", digest, "source_type", source, "source", "{}");
    }

    /** What an entity was made of, as edges say. */
    private List<String> upstream(String id) {
        return server.process().bean(GraphStore.class).rows(GraphRow.Kind.EDGE, 1000, Optional.empty()).items().stream()
                .map(row -> ((GraphRow.EdgeRow) row).edge())
                .filter(edge -> edge.from().id().value().equals(id))
                .map(edge -> edge.to().id().value())
                .toList();
    }

    @Test
    void aModelIsGeneratedByItsRun() {
        String model = model("m");
        server.post("runs/outputs", Map.of("run_id", run, "models", List.of(Map.of("model_id", model, "step", 7))));

        assertThat(upstream(model.substring(2))).containsExactly(run);
        assertThat(server.get("runs/get", "run_id", run).list("run", "outputs", "model_outputs"))
                .containsExactly(Map.of("model_id", model, "step", 7));
        assertThat(read(model).text("model", "info", "artifact_uri"))
                .isEqualTo("mlflow-artifacts:/0/models/" + model + "/artifacts");
    }

    @Test
    void paramsStayAndTagsChange() {
        String model = model("m");
        server.post("logged-models/" + model + "/params", Map.of("params", List.of(pair("lr", "1"))));
        server.post("logged-models/" + model + "/params", Map.of("params", List.of(pair("lr", "1"), pair("n", "2"))));
        server.refused(
                "INVALID_PARAMETER_VALUE",
                "logged-models/" + model + "/params",
                Map.of("params", List.of(pair("lr", "2"))));

        assertThat(read(model).list("model", "data", "params")).containsExactly(pair("lr", "1"), pair("n", "2"));
    }

    private void log(String model, double value, long step, long timestamp) {
        server.post(
                "runs/log-metric",
                Map.of(
                        "run_id",
                        run,
                        "key",
                        "score",
                        "value",
                        value,
                        "timestamp",
                        timestamp,
                        "step",
                        step,
                        "model_id",
                        model));
    }

    private List<String> found(String filter, boolean ascending) {
        return server
                .post(
                        "logged-models/search",
                        Map.of(
                                "experiment_ids",
                                List.of("0"),
                                "filter",
                                filter,
                                "order_by",
                                List.of(Map.of("field_name", "metrics.score", "ascending", ascending))))
                .list("models")
                .stream()
                .map(model -> String.valueOf(((Map<?, ?>) ((Map<?, ?>) model).get("info")).get("name")))
                .toList();
    }

    @Test
    void anyValueOfAMetricIsFoundAndTheLatestInTimeOrders() {
        String rising = model("rising");
        String falling = model("falling");
        for (int i = 0; i < 5; i++) {
            log(rising, i / 10d, i, 1000 + i);
            log(falling, 1 - i / 10d, i, 1000 + i);
        }
        log(rising, 0.95, 2, 5000);
        log(falling, Double.NaN, 0, 500);

        assertThat(found("metrics.score < 0.05", true)).containsExactly("rising");
        assertThat(found("metrics.score > 0.97", true)).containsExactly("falling");
        assertThat(found("metrics.score >= 0.5", true)).containsExactly("falling", "rising");
        assertThat(found("metrics.score <= 0.6", false)).containsExactly("rising", "falling");
        assertThat(found("metrics.score = 0.95", true)).containsExactly("rising");
        assertThat(found("metrics.score > 1", true)).isEmpty();
    }

    @Test
    void nobodyIsToldMoreValuesThanCanBeRead() {
        String model = model("m");
        List<Map<String, Object>> metrics = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            metrics.add(Map.of("key", "score", "value", i, "timestamp", 1, "step", i, "model_id", model));
        }
        server.post("runs/log-batch", Map.of("run_id", run, "metrics", metrics));
        log(model, 1, 1_000_000, 2);
        log(model, 2, 1_000_001, 2);

        List<Object> told = read(model).list("model", "data", "metrics");

        assertThat(told).hasSize(1001);
        assertThat(((Map<?, ?>) told.get(1000)).get("step")).isEqualTo(1_000_001);
    }

    @Test
    void metricsOfAModelAreKeptWithTheirRunAndDataSet() {
        String model = model("m");
        String other = run();
        for (String logger : List.of(run, other)) {
            for (long step = 0; step < 3; step++) {
                server.post(
                        "runs/log-metric",
                        Map.of(
                                "run_id",
                                logger,
                                "key",
                                "loss",
                                "value",
                                step / 2d,
                                "timestamp",
                                5,
                                "step",
                                step,
                                "model_id",
                                model,
                                "dataset_name",
                                "d",
                                "dataset_digest",
                                "1"));
            }
        }
        server.post(
                "runs/log-metric",
                Map.of("run_id", run, "key", "loss", "value", "NaN", "timestamp", 6, "model_id", model));

        List<Object> metrics = read(model).list("model", "data", "metrics");
        assertThat(metrics).hasSize(7);
        assertThat(metrics)
                .contains(
                        Map.of(
                                "key",
                                "loss",
                                "value",
                                1.0,
                                "timestamp",
                                5,
                                "step",
                                2,
                                "run_id",
                                other,
                                "model_id",
                                model,
                                "dataset_name",
                                "d",
                                "dataset_digest",
                                "1"),
                        Map.of(
                                "key",
                                "loss",
                                "value",
                                "NaN",
                                "timestamp",
                                6,
                                "step",
                                0,
                                "run_id",
                                run,
                                "model_id",
                                model));
    }

    @Test
    void modelsAreFoundPageByPage() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(0, model("m" + i));
        }
        List<String> found = new ArrayList<>();
        String token = "";
        do {
            Answer page = server.post(
                    "logged-models/search",
                    Map.of("experiment_ids", List.of("0"), "max_results", 2, "page_token", token));
            for (int i = 0; i < page.list("models").size(); i++) {
                found.add(page.text("models", i, "info", "model_id"));
            }
            token = page.at("next_page_token") == null ? "" : page.text("next_page_token");
        } while (!token.isEmpty());

        assertThat(found).isEqualTo(made);
    }

    @Test
    void requestsThatNameNothingAreRefused() {
        server.refused("INVALID_PARAMETER_VALUE", "logged-models", Map.of("name", "x"));
        server.refused("RESOURCE_DOES_NOT_EXIST", "logged-models", Map.of("experiment_id", "9", "name", "x"));
        server.refused("INVALID_PARAMETER_VALUE", "logged-models", Map.of("experiment_id", "0", "name", "a:b"));
        server.refused(
                "RESOURCE_DOES_NOT_EXIST",
                "logged-models",
                Map.of("experiment_id", "0", "source_run_id", "0".repeat(32)));
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", "logged-models/m-x");
        server.refused("INVALID_PARAMETER_VALUE", "logged-models/search", Map.of("experiment_ids", List.of()));
        server.refused(
                "RESOURCE_DOES_NOT_EXIST",
                "runs/outputs",
                Map.of("run_id", run, "models", List.of(Map.of("model_id", "m-" + "0".repeat(32), "step", 0))));
        server.refused(
                "INVALID_PARAMETER_VALUE",
                "runs/log-inputs",
                Map.of("run_id", run, "datasets", List.of(Map.of("dataset", Map.of("name", "x")))));
        server.refused("INVALID_PARAMETER_VALUE", "runs/log-model", Map.of("run_id", run, "model_json", "{"));
        server.refused("INVALID_PARAMETER_VALUE", "runs/log-model", Map.of("run_id", run, "model_json", "{}"));
    }

    @Test
    void aModelToldByAnOldClientIsATagOfItsRun() {
        String json =
                "{\"artifact_path\":\"m%d\",\"flavors\":{},\"utc_time_created\":\"now\",\"run_id\":\"" + run + "\"}";
        server.post("runs/log-model", Map.of("run_id", run, "model_json", String.format(json, 1)));
        server.post("runs/log-model", Map.of("run_id", run, "model_json", String.format(json, 2)));

        assertThat(server.get("runs/get", "run_id", run)
                        .list("run", "data", "tags")
                        .toString())
                .contains("mlflow.log-model.history", "m1", "m2");
    }

    @Test
    void aDataSetThatIsAVersionOfOursIsLinkedToIt() {
        TestDatasets datasets = server.process().bean(TestDatasets.class);
        DatasetVersionId version = server.process().call(() -> datasets.images(10));
        String content = server.process()
                .call(() -> datasets.version(version).body().content().hex());
        List<Object> inputs = new ArrayList<>();
        inputs.add(Map.of("dataset", dataset("by content", content.substring(0, 12), "local")));
        inputs.add(Map.of("dataset", dataset("by id", version.value(), "local")));
        inputs.add(Map.of("dataset", dataset("another", "ffffffff", "local")));
        for (Object input : inputs) {
            String user = run();
            server.post("runs/log-inputs", Map.of("run_id", user, "datasets", List.of(input)));
            assertThat(upstream(user).contains(version.value()))
                    .isEqualTo(!input.toString().contains("another"));
        }
        String user = run();
        server.post(
                "runs/log-inputs",
                Map.of(
                        "run_id",
                        user,
                        "datasets",
                        List.of(Map.of(
                                "dataset",
                                Map.of(
                                        "name",
                                        "n",
                                        "digest",
                                        "1",
                                        "source_type",
                                        "slipway",
                                        "source",
                                        "{\"version\":\"" + version + "\"}")))));
        assertThat(upstream(user)).contains(version.value());
    }

    @Test
    void theDataSetsOfAnExperimentAreToldOnceForEachUse() {
        for (String context : List.of("training", "training", "test")) {
            server.post(
                    "runs/log-inputs",
                    Map.of(
                            "run_id",
                            run(),
                            "datasets",
                            List.of(Map.of(
                                    "tags",
                                    List.of(pair("mlflow.data.context", context)),
                                    "dataset",
                                    dataset("digits", "1", "local")))));
        }

        assertThat(server.post("experiments/search-datasets", Map.of("experiment_ids", List.of("0")))
                        .list("dataset_summaries"))
                .containsExactlyInAnyOrder(
                        Map.of("experiment_id", "0", "name", "digits", "digest", "1", "context", "training"),
                        Map.of("experiment_id", "0", "name", "digits", "digest", "1", "context", "test"));
    }
}
