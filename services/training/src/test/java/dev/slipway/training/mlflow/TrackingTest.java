package dev.slipway.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.training.mlflow.MlflowServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MLflow's calls about experiments and runs, over HTTP. */
@Timeout(120)
class TrackingTest {
    private static final int THREADS = 8;
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

    private String run(Map<String, ?> request) {
        return server.post("runs/create", request).text("run", "info", "run_id");
    }

    private Answer read(String run) {
        return server.get("runs/get", "run_id", run);
    }

    private static Map<String, Object> pair(String key, String value) {
        return Map.of("key", key, "value", value);
    }

    @Test
    void anExperimentIsToldInMlflowsForm() {
        String id = server.post(
                        "experiments/create",
                        Map.of("name", "e", "artifact_location", "s3://b/x", "tags", List.of(pair("team", "vision"))))
                .text("experiment_id");

        Answer found = server.get("experiments/get", "experiment_id", id);

        assertThat(found.body())
                .isEqualTo(Map.of(
                        "experiment",
                        Map.of(
                                "experiment_id",
                                id,
                                "name",
                                "e",
                                "artifact_location",
                                "s3://b/x",
                                "lifecycle_stage",
                                "active",
                                "creation_time",
                                found.at("experiment", "creation_time"),
                                "last_update_time",
                                found.at("experiment", "creation_time"),
                                "tags",
                                List.of(pair("team", "vision")))));
        assertThat(server.get("experiments/get-by-name", "experiment_name", "e").body())
                .isEqualTo(found.body());
        server.refused("RESOURCE_ALREADY_EXISTS", "experiments/create", Map.of("name", "e"));
        server.refused("INVALID_PARAMETER_VALUE", "experiments/create", Map.of("name", ""));
        server.refused("INVALID_PARAMETER_VALUE", "experiments/create", Map.of("name", "x".repeat(501)));
        server.refused("INVALID_PARAMETER_VALUE", "experiments/create", Map.of());
        server.refused(
                "INVALID_PARAMETER_VALUE",
                "experiments/create",
                Map.of("name", "f", "artifact_location", "s3://b/../x?y#z"));
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", "experiments/get", "experiment_id", UNKNOWN);
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", "experiments/get", "experiment_id", "17");
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", "experiments/get-by-name", "experiment_name", "no");
        server.refusedGet("INVALID_PARAMETER_VALUE", "experiments/get");
    }

    @Test
    void theDefaultExperimentIsZeroHoweverManyAskForItFirst() throws Exception {
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            calls.add(() -> server.get("experiments/get", "experiment_id", "0"));
        }
        for (Answer answer : atOnce(calls)) {
            assertThat(answer.text("experiment", "name")).isEqualTo("Default");
            assertThat(answer.text("experiment", "experiment_id")).isEqualTo("0");
            assertThat(answer.text("experiment", "artifact_location")).isEqualTo("mlflow-artifacts:/0");
        }

        Answer run = server.post("runs/create", Map.of());
        assertThat(run.text("run", "info", "experiment_id")).isEqualTo("0");
        assertThat(run.text("run", "info", "artifact_uri"))
                .isEqualTo("mlflow-artifacts:/0/" + run.text("run", "info", "run_id") + "/artifacts");
        assertThat(server.get("experiments/get-by-name", "experiment_name", "Default")
                        .text("experiment", "experiment_id"))
                .isEqualTo("0");
    }

    @Test
    void aRunIsToldInMlflowsForm() {
        String experiment = experiment("e");
        Answer made = server.post(
                "runs/create",
                Map.of(
                        "experiment_id",
                        experiment,
                        "user_id",
                        "ada",
                        "start_time",
                        "1234567890123",
                        "run_name",
                        "first",
                        "tags",
                        List.of(pair("a", "b"))));
        String id = made.text("run", "info", "run_id");
        Map<String, Object> info = Map.of(
                "run_id",
                id,
                "run_uuid",
                id,
                "run_name",
                "first",
                "experiment_id",
                experiment,
                "user_id",
                "ada",
                "status",
                "RUNNING",
                "start_time",
                1234567890123L,
                "artifact_uri",
                "mlflow-artifacts:/" + experiment + "/" + id + "/artifacts",
                "lifecycle_stage",
                "active");

        Answer found = server.get("runs/get", "run_uuid", id);

        assertThat(found.body()).isEqualTo(made.body());
        assertThat(found.at("run", "info")).isEqualTo(info);
        assertThat(found.at("run", "data"))
                .isEqualTo(Map.of("tags", List.of(pair("a", "b"), pair("mlflow.runName", "first"))));
        assertThat(found.at("run", "inputs")).isEqualTo(Map.of());
        assertThat(found.at("run", "outputs")).isEqualTo(Map.of());

        Answer updated = server.post("runs/update", Map.of("run_id", id, "status", "FINISHED", "end_time", 99));
        assertThat(updated.text("run_info", "status")).isEqualTo("FINISHED");
        assertThat(updated.at("run_info", "end_time")).isEqualTo(99);
        assertThat(server.post("runs/update", Map.of("run_uuid", id, "status", "RUNNING"))
                        .text("run_info", "status"))
                .isEqualTo("RUNNING");
    }

    @Test
    void aRunsNameAndTheTagOfItAreOneThing() {
        String experiment = experiment("e");
        String id = run(Map.of("experiment_id", experiment, "tags", List.of(pair("mlflow.runName", "tagged"))));
        assertThat(read(id).text("run", "info", "run_name")).isEqualTo("tagged");

        server.post("runs/set-tag", Map.of("run_id", id, "key", "mlflow.runName", "value", "again"));
        assertThat(read(id).text("run", "info", "run_name")).isEqualTo("again");

        server.post("runs/update", Map.of("run_id", id, "run_name", "third"));
        assertThat(read(id).list("run", "data", "tags")).isEqualTo(List.of(pair("mlflow.runName", "third")));

        server.post(
                "runs/log-batch", Map.of("run_id", id, "tags", List.of(pair("mlflow.runName", "a"), pair("b", "c"))));
        assertThat(read(id).list("run", "data", "tags"))
                .isEqualTo(List.of(pair("b", "c"), pair("mlflow.runName", "a")));

        String unnamed = run(Map.of("experiment_id", experiment));
        assertThat(read(unnamed).text("run", "info", "run_name")).matches("[a-z]+-[a-z]+-\\d+");
        server.refused(
                "INVALID_PARAMETER_VALUE",
                "runs/create",
                Map.of("experiment_id", experiment, "run_name", "x", "tags", List.of(pair("mlflow.runName", "y"))));
    }

    @Test
    void whatIsLoggedIsToldWithNumbersThatAreNone() {
        String id = run(Map.of("experiment_id", experiment("e")));
        server.post("runs/log-metric", Map.of("run_id", id, "key", "loss", "value", 0.5, "timestamp", 3, "step", 1));
        server.post("runs/log-metric", Map.of("run_id", id, "key", "nan", "value", "NaN", "timestamp", "3"));
        server.post("runs/log-metric", Map.of("run_uuid", id, "key", "inf", "value", "-Infinity", "timestamp", 3));
        server.post("runs/log-parameter", Map.of("run_id", id, "key", "p"));
        server.post("runs/log-batch", Map.of("run_id", id, "params", List.of(pair("q", "1"), pair("q", "1"))));

        assertThat(read(id).at("run", "data"))
                .isEqualTo(Map.of(
                        "metrics",
                        List.of(metric("inf", "-Infinity", 0), metric("loss", 0.5, 1), metric("nan", "NaN", 0)),
                        "params",
                        List.of(pair("p", ""), pair("q", "1")),
                        "tags",
                        read(id).at("run", "data", "tags")));
        server.refused("INVALID_PARAMETER_VALUE", "runs/log-parameter", Map.of("run_id", id, "key", "q", "value", "2"));
    }

    private static Map<String, Object> metric(String key, Object value, int step) {
        return Map.of("key", key, "value", value, "timestamp", 3, "step", step);
    }

    @Test
    void whatIsTooLongIsCutAsMlflowDoes() {
        String id = run(Map.of("experiment_id", experiment("e")));
        server.post("runs/log-parameter", Map.of("run_id", id, "key", "p", "value", "\uD83D\uDE00".repeat(3000)));
        server.post("runs/log-parameter", Map.of("run_id", id, "key", "q", "value", "v".repeat(6001)));

        assertThat(read(id).text("run", "data", "params", 0, "value")).isEqualTo("\uD83D\uDE00".repeat(3000));
        assertThat(read(id).text("run", "data", "params", 1, "value")).hasSize(6000);
    }

    @Test
    void whatMlflowRefusesIsRefusedWithItsCodes() {
        String id = run(Map.of("experiment_id", experiment("e")));

        for (String key : List.of("", "a//b", "../a", "a/", "a\tb", "a$b", "k".repeat(251))) {
            server.refused("INVALID_PARAMETER_VALUE", "runs/log-metric", logged(id, key, 1, 1));
            server.refused("INVALID_PARAMETER_VALUE", "runs/set-tag", Map.of("run_id", id, "key", key));
        }
        server.refused("INVALID_PARAMETER_VALUE", "runs/log-metric", logged(id, "m", 1, -1));
        server.refused("INVALID_PARAMETER_VALUE", "runs/log-metric", Map.of("run_id", id, "key", "m", "timestamp", 1));
        server.refused("INVALID_PARAMETER_VALUE", "runs/log-metric", Map.of("key", "m", "value", 1, "timestamp", 1));
        server.refused("RESOURCE_DOES_NOT_EXIST", "runs/log-metric", logged(UNKNOWN, "m", 1, 1));
        server.refused("RESOURCE_DOES_NOT_EXIST", "runs/log-metric", logged("nope", "m", 1, 1));
        server.refused("RESOURCE_DOES_NOT_EXIST", "runs/update", Map.of("run_id", UNKNOWN));
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", "runs/get", "run_id", UNKNOWN);
        server.refusedGet("INVALID_PARAMETER_VALUE", "runs/get");
        server.refused("RESOURCE_DOES_NOT_EXIST", "runs/create", Map.of("experiment_id", UNKNOWN));
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            many.add(pair("k" + i, "v"));
        }
        server.refused("INVALID_PARAMETER_VALUE", "runs/log-batch", Map.of("run_id", id, "params", many));
        server.refused("INVALID_PARAMETER_VALUE", "runs/log-batch", Map.of("run_id", id, "tags", many));
        assertThat(server.sendText("runs/log-batch", "{").text("error_code")).isEqualTo("BAD_REQUEST");
        assertThat(read(id).at("run", "data", "metrics")).isNull();
    }

    private static Map<String, Object> logged(String run, String key, double value, long timestamp) {
        return Map.of("run_id", run, "key", key, "value", value, "timestamp", timestamp);
    }

    @Test
    void ofABatchWithAChangedParamNothingIsKept() {
        String id = run(Map.of("experiment_id", experiment("e")));
        server.post("runs/log-parameter", Map.of("run_id", id, "key", "p", "value", "1"));

        server.refused(
                "INVALID_PARAMETER_VALUE",
                "runs/log-batch",
                Map.of(
                        "run_id",
                        id,
                        "metrics",
                        List.of(metric("m", 1, 0)),
                        "params",
                        List.of(pair("new", "1"), pair("p", "2")),
                        "tags",
                        List.of(pair("t", "1"))));

        assertThat(read(id).at("run", "data", "metrics")).isNull();
        assertThat(read(id).list("run", "data", "params")).isEqualTo(List.of(pair("p", "1")));
        assertThat(read(id).list("run", "data", "tags")).hasSize(1);
    }

    @Test
    void eightThreadsLoggingToOneRunAndToEightLoseNothing() throws Exception {
        String experiment = experiment("e");
        String shared = run(Map.of("experiment_id", experiment));
        int steps = 25;
        List<Callable<String>> loggers = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            String key = "k" + thread;
            loggers.add(() -> {
                String own = run(Map.of("experiment_id", experiment));
                for (int step = 0; step < steps; step++) {
                    for (String run : List.of(shared, own)) {
                        server.post(
                                "runs/log-metric",
                                Map.of("run_id", run, "key", key, "value", step, "timestamp", 1, "step", step));
                        server.post("runs/log-parameter", Map.of("run_id", run, "key", key + step, "value", key));
                        server.post("runs/set-tag", Map.of("run_id", run, "key", key, "value", "v" + step));
                    }
                }
                server.post("runs/update", Map.of("run_id", own, "status", "FINISHED", "run_name", key));
                return own;
            });
        }
        List<String> runs = atOnce(loggers);

        Set<String> names = new HashSet<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Answer own = read(runs.get(thread));
            names.add(own.text("run", "info", "run_name"));
            assertThat(own.list("run", "data", "params")).hasSize(steps);
            assertThat(own.at("run", "data", "metrics", 0, "step")).isEqualTo(steps - 1);
        }
        assertThat(names).hasSize(THREADS);
        Answer all = read(shared);
        assertThat(all.list("run", "data", "params")).hasSize(THREADS * steps);
        assertThat(all.list("run", "data", "metrics")).hasSize(THREADS).allSatisfy(metric -> assertThat(metric)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("step", steps - 1));
        assertThat(all.list("run", "data", "tags")).contains(pair("k0", "v" + (steps - 1)), pair("k7", "v24"));
    }

    @Test
    void clientsLearnWhatTheyTalkTo() {
        assertThat(server.text("/version")).isEqualTo("3.17.2");
        assertThat(server.get("/api/3.0/mlflow/server-info").body()).containsKeys("store_type", "workspaces_enabled");
        assertThat(server.get("/ajax-api/3.0/mlflow/server-info").at("workspaces_enabled"))
                .isEqualTo(false);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(calls.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
