package dev.slipway.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.training.SearchRuns;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.training.mlflow.MlflowServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How experiments and runs are renamed, deleted, restored and found, by MLflow's calls over HTTP. */
@Timeout(120)
class LifecycleTest {
    private static final String UNKNOWN = "0".repeat(32);

    @TempDir
    private Path data;

    private MlflowServer server;

    @BeforeEach
    void open() {
        server = new MlflowServer(data);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String experiment(String name) {
        return server.post("experiments/create", Map.of("name", name)).text("experiment_id");
    }

    private String run(String experiment, String name) {
        return server.post(
                        "runs/create",
                        Map.of("experiment_id", experiment, "run_name", name, "start_time", name.charAt(0)))
                .text("run", "info", "run_id");
    }

    private String stage(String run) {
        return server.get("runs/get", "run_id", run).text("run", "info", "lifecycle_stage");
    }

    @Test
    void aDeletedExperimentTakesItsRunsWithItAndKeepsItsName() {
        String id = experiment("e");
        String run = run(id, "a");
        String other = run(experiment("f"), "a");
        Map<String, String> one = Map.of("experiment_id", id);

        server.post("experiments/delete", one);

        assertThat(server.get("experiments/get", "experiment_id", id).text("experiment", "lifecycle_stage"))
                .isEqualTo("deleted");
        assertThat(stage(run)).isEqualTo("deleted");
        assertThat(stage(other)).isEqualTo("active");
        TrainingApi api = server.process().bean(TrainingApi.class);
        assertThat(server.process().call(() -> api.listExperiments(10, null)).items())
                .extracting(found -> found.body().name())
                .containsExactly("f");
        server.refused("RESOURCE_ALREADY_EXISTS", "experiments/create", Map.of("name", "e"));
        server.refused("RESOURCE_DOES_NOT_EXIST", "experiments/delete", one);
        server.refused("INVALID_PARAMETER_VALUE", "runs/create", one);
        server.refused(
                "INVALID_PARAMETER_VALUE",
                "experiments/set-experiment-tag",
                Map.of("experiment_id", id, "key", "k", "value", "v"));
        server.refused("INVALID_STATE", "experiments/update", Map.of("experiment_id", id, "new_name", "g"));

        server.post("experiments/restore", one);

        assertThat(stage(run)).isEqualTo("active");
        server.refused("RESOURCE_DOES_NOT_EXIST", "experiments/restore", one);
        server.refused("RESOURCE_DOES_NOT_EXIST", "experiments/restore", Map.of("experiment_id", UNKNOWN));
    }

    @Test
    void aRenamedExperimentLeavesItsNameToOthers() {
        String id = experiment("e");
        experiment("f");

        server.refused("RESOURCE_ALREADY_EXISTS", "experiments/update", Map.of("experiment_id", id, "new_name", "f"));
        server.post("experiments/update", Map.of("experiment_id", id, "new_name", "e"));
        server.post("experiments/update", Map.of("experiment_id", id, "new_name", "g"));

        assertThat(server.get("experiments/get-by-name", "experiment_name", "g").text("experiment", "experiment_id"))
                .isEqualTo(id);
        assertThat(experiment("e")).isNotEqualTo(id);
        server.get("experiments/get", "experiment_id", "0");
        server.post("experiments/update", Map.of("experiment_id", "0", "new_name", "Renamed"));
        assertThat(server.get("experiments/get", "experiment_id", "0").text("experiment", "name"))
                .isEqualTo("Renamed");
    }

    @Test
    void aDeletedRunTakesNothingUntilItIsRestored() {
        String experiment = experiment("e");
        String id = run(experiment, "a");
        Map<String, String> one = Map.of("run_id", id);

        server.post("runs/delete", one);
        server.post("runs/delete", one);

        assertThat(stage(id)).isEqualTo("deleted");
        server.refused(
                "INVALID_PARAMETER_VALUE",
                "runs/log-metric",
                Map.of("run_id", id, "key", "m", "value", 1, "timestamp", 1));
        server.refused("INVALID_PARAMETER_VALUE", "runs/update", Map.of("run_id", id, "status", "FAILED"));
        server.refused("INVALID_PARAMETER_VALUE", "runs/delete-tag", Map.of("run_id", id, "key", "k"));
        TrainingApi api = server.process().bean(TrainingApi.class);
        assertThat(server.process()
                        .call(() -> api.searchRuns(new SearchRuns(new ExperimentId(experiment), null, true, 10, null)))
                        .items())
                .isEmpty();

        server.post("runs/restore", one);
        server.post("runs/restore", one);

        server.post("runs/log-metric", Map.of("run_id", id, "key", "m", "value", 1, "timestamp", 1));
        server.refused("RESOURCE_DOES_NOT_EXIST", "runs/delete", Map.of("run_id", UNKNOWN));
        server.refused("RESOURCE_DOES_NOT_EXIST", "runs/restore", Map.of("run_id", UNKNOWN));
    }

    @Test
    void tagsGoAndComeBack() {
        String experiment = experiment("e");
        String id = run(experiment, "a");
        for (int i = 0; i < 3; i++) {
            server.post("runs/set-tag", Map.of("run_id", id, "key", "k", "value", "v" + i));
            server.post(
                    "experiments/set-experiment-tag",
                    Map.of("experiment_id", experiment, "key", "k", "value", "w" + i));
            assertThat(server.get("runs/get", "run_id", id).text("run", "data", "tags", 0, "value"))
                    .isEqualTo("v" + i);
            assertThat(server.get("experiments/get", "experiment_id", experiment)
                            .text("experiment", "tags", 0, "value"))
                    .isEqualTo("w" + i);
            server.post("runs/delete-tag", Map.of("run_id", id, "key", "k"));
            server.post("experiments/delete-experiment-tag", Map.of("experiment_id", experiment, "key", "k"));
        }

        assertThat(server.get("runs/get", "run_id", id).list("run", "data", "tags"))
                .hasSize(1);
        server.refused("RESOURCE_DOES_NOT_EXIST", "runs/delete-tag", Map.of("run_id", id, "key", "k"));
        server.refused(
                "RESOURCE_DOES_NOT_EXIST",
                "experiments/delete-experiment-tag",
                Map.of("experiment_id", experiment, "key", "k"));
        server.refused("INVALID_PARAMETER_VALUE", "runs/delete-tag", Map.of("run_id", id, "key", "mlflow.runName"));
    }

    @Test
    void runsOfSeveralExperimentsAreFoundInOrder() {
        String first = experiment("e");
        String second = experiment("f");
        Map<String, String> runs = new HashMap<>();
        for (String name : List.of("c", "a", "b", "d")) {
            runs.put(name, run(name.equals("d") ? second : first, name));
        }
        for (String name : List.of("a", "b")) {
            server.post(
                    "runs/log-metric",
                    Map.of(
                            "run_id",
                            runs.get(name),
                            "key",
                            "m",
                            "value",
                            name.equals("a") ? 1 : "NaN",
                            "timestamp",
                            1));
        }
        server.post("runs/delete", Map.of("run_id", runs.get("c")));
        List<String> both = List.of(first, second);

        assertThat(found(both, Map.of())).isEqualTo("dba");
        assertThat(found(both, Map.of("run_view_type", "ALL"))).isEqualTo("dcba");
        assertThat(found(both, Map.of("run_view_type", "DELETED_ONLY"))).isEqualTo("c");
        assertThat(found(List.of(first), Map.of())).isEqualTo("ba");
        assertThat(found(both, Map.of("filter", "metrics.m = 1"))).isEqualTo("a");
        assertThat(found(both, Map.of("filter", "run_name IN ('b', 'd')"))).isEqualTo("db");
        assertThat(found(both, Map.of("filter", "tags.`mlflow.runName` = 'b'"))).isEqualTo("b");
        assertThat(found(both, Map.of("filter", "run_id = '" + runs.get("d") + "'")))
                .isEqualTo("d");
        assertThat(found(both, Map.of("filter", "run_id != 'no id'"))).isEqualTo("dba");
        assertThat(found(both, Map.of("order_by", List.of("start_time ASC")))).isEqualTo("abd");
        assertThat(found(both, Map.of("order_by", List.of("metrics.m ASC")))).isEqualTo("abd");
        assertThat(found(List.of(), Map.of())).isEmpty();
        assertThat(found(List.of("17", UNKNOWN), Map.of())).isEmpty();
        server.refused("INVALID_PARAMETER_VALUE", "runs/search", search(both, Map.of("filter", "m >")));
        server.refused("INVALID_PARAMETER_VALUE", "runs/search", search(both, Map.of("max_results", 0)));
        server.refused("INVALID_PARAMETER_VALUE", "runs/search", search(both, Map.of("max_results", 50_001)));
        server.refused("INVALID_PARAMETER_VALUE", "runs/search", search(both, Map.of("page_token", "forged")));
    }

    private static Map<String, Object> search(List<String> experiments, Map<String, ?> more) {
        Map<String, Object> request = new HashMap<>(more);
        request.put("experiment_ids", experiments);
        return request;
    }

    /** The names of all found runs, one letter each, read in pages of two. */
    private String found(List<String> experiments, Map<String, ?> more) {
        StringBuilder names = new StringBuilder();
        Map<String, Object> request = search(experiments, more);
        request.put("max_results", 2);
        Object token;
        do {
            Answer page = server.post("runs/search", request);
            for (int i = 0; i < page.list("runs").size(); i++) {
                names.append(page.text("runs", i, "info", "run_name"));
            }
            token = page.at("next_page_token");
            request.put("page_token", token);
        } while (token != null);
        return names.toString();
    }

    @Test
    void experimentsAreFoundWithTheDefaultOneAmongThem() {
        List<String> ids = new ArrayList<>();
        for (String name : List.of("b", "a", "c")) {
            ids.add(server.post(
                            "experiments/create",
                            Map.of("name", name, "tags", List.of(Map.of("key", "t", "value", name))))
                    .text("experiment_id"));
        }
        server.post("experiments/delete", Map.of("experiment_id", ids.get(0)));

        assertThat(experiments(Map.of("order_by", List.of("name ASC")))).containsExactly("Default", "a", "c");
        assertThat(experiments(Map.of("view_type", "ALL"))).containsExactlyInAnyOrder("Default", "a", "b", "c");
        assertThat(experiments(Map.of("view_type", "DELETED_ONLY"))).containsExactly("b");
        assertThat(experiments(Map.of("filter", "tags.t = 'c'"))).containsExactly("c");
        assertThat(experiments(Map.of("filter", "name LIKE 'D%'"))).containsExactly("Default");
        assertThat(experiments(Map.of("filter", "experiment_id = '0'"))).containsExactly("Default");
        assertThat(server.get("experiments/search", "max_results", "1", "order_by", "name DESC", "view_type", "ALL")
                        .text("experiments", 0, "name"))
                .isEqualTo("c");
        server.refused("INVALID_PARAMETER_VALUE", "experiments/search", Map.of("filter", "metrics.m = 1"));
        server.refused("INVALID_PARAMETER_VALUE", "experiments/search", Map.of("max_results", 0));
    }

    private List<String> experiments(Map<String, ?> more) {
        List<String> names = new ArrayList<>();
        Map<String, Object> request = new HashMap<>(more);
        request.put("max_results", 2);
        Object token;
        do {
            Answer page = server.post("experiments/search", request);
            for (int i = 0; i < page.list("experiments").size(); i++) {
                names.add(page.text("experiments", i, "name"));
            }
            token = page.at("next_page_token");
            request.put("page_token", token);
        } while (token != null);
        return names;
    }

    @Test
    void historiesAreToldWholeInPagesAndSampled() {
        String id = run(experiment("e"), "a");
        String other = run(experiment("f"), "b");
        for (String run : List.of(id, other)) {
            List<Map<String, Object>> metrics = new ArrayList<>();
            for (int step = 0; step < 1000; step++) {
                metrics.add(Map.of("key", "m", "value", step / 2.0, "timestamp", step, "step", step));
            }
            server.post("runs/log-batch", Map.of("run_id", run, "metrics", metrics));
        }

        assertThat(server.get("metrics/get-history", "run_id", id, "metric_key", "m")
                        .list("metrics"))
                .hasSize(1000);
        Answer first = server.get("metrics/get-history", "run_id", id, "metric_key", "m", "max_results", "600");
        Answer second = server.get(
                "metrics/get-history",
                "run_id",
                id,
                "metric_key",
                "m",
                "max_results",
                "600",
                "page_token",
                first.text("next_page_token"));
        assertThat(first.at("metrics", 599, "step")).isEqualTo(599);
        assertThat(second.list("metrics")).hasSize(400);
        assertThat(second.at("next_page_token")).isNull();
        assertThat(server.get("metrics/get-history", "run_id", id, "metric_key", "none")
                        .body())
                .isEmpty();

        Answer bulk = server.get("metrics/get-history-bulk", "run_id", id, "run_id", other, "metric_key", "m");
        assertThat(bulk.list("metrics")).hasSize(2000);
        assertThat(bulk.text("metrics", 0, "run_id")).isIn(id, other);
        Answer sampled = server.get(
                "metrics/get-history-bulk-interval",
                "run_ids",
                id,
                "run_ids",
                other,
                "metric_key",
                "m",
                "start_step",
                "100",
                "end_step",
                "899",
                "max_results",
                "10");
        assertThat(sampled.list("metrics")).hasSize(20);
        assertThat(sampled.at("metrics", 0, "step")).isEqualTo(100);
        assertThat(sampled.at("metrics", 9, "step")).isEqualTo(899);
        server.refusedGet("INVALID_PARAMETER_VALUE", "metrics/get-history", "run_id", id);
        server.refusedGet(
                "INVALID_PARAMETER_VALUE", "metrics/get-history", "run_id", id, "metric_key", "m", "max_results", "0");
        server.refusedGet("INVALID_PARAMETER_VALUE", "metrics/get-history-bulk", "metric_key", "m");
        server.refusedGet(
                "INVALID_PARAMETER_VALUE",
                "metrics/get-history-bulk-interval",
                "run_ids",
                id,
                "metric_key",
                "m",
                "start_step",
                "1");
    }
}
