package dev.slipway.standalone.graphql;

import static dev.slipway.standalone.graphql.GraphqlClient.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What MLflow's REST API has logged, as dashboards see it through GraphQL, on a whole server. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class RunsInGraphqlTest {
    @TempDir
    static Path data;

    static SlipwayServer server;
    static GraphqlClient client;

    @BeforeAll
    static void start() {
        server = SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data, ServerSettings.allServices()));
        client = new GraphqlClient(server.uri());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatWasLoggedIsFoundComparedAndPlotted() {
        String experiment = experiment("search");
        String good = run(experiment, "good");
        String bad = run(experiment, "bad");
        log(good, "loss", IntStream.range(0, 1000).toArray());
        log(bad, "loss", 5);
        param(good, "rate", "0.1");
        param(bad, "rate", "0.2");
        client.mlflow(
                "runs/log-inputs",
                Map.of(
                        "run_id",
                        good,
                        "datasets",
                        List.of(Map.of(
                                "tags",
                                List.of(Map.of("key", "mlflow.data.context", "value", "training")),
                                "dataset",
                                Map.of("name", "digits", "digest", "d1", "source_type", "local", "source", "{}")))));

        Object found = client.ask("""
                query($experiment: ID!) {
                  typed: runs(experiments: [$experiment], where: { metrics: [{ key: "loss", greater: 500 }] }) {
                    nodes { name }
                  }
                  grammar: runs(
                    experiments: [$experiment]
                    filter: "metrics.loss < 1000 and params.rate LIKE '0.%' and attributes.status = 'RUNNING'"
                    orderBy: [{ metric: "loss", direction: ASCENDING }]
                  ) {
                    nodes {
                      id name user tags { key value }
                      inputs { name digest context }
                      modelOutputs { model { name } }
                      artifacts { nodes { path size } }
                      metricSeries(keys: ["loss"], points: 20) { count steps values cursor }
                    }
                  }
                  used: runs(experiments: [$experiment], where: { datasets: [{ name: { equals: "digits" } }] }) {
                    nodes { name }
                  }
                }
                """, Map.of("experiment", globalId("experiment", experiment)));

        assertThat(names(found, "typed")).containsExactly("good");
        assertThat(names(found, "grammar")).containsExactly("bad", "good");
        assertThat(names(found, "used")).containsExactly("good");
        Object last = at(found, "grammar", "nodes", 1);
        assertThat(at(last, "inputs", 0)).isEqualTo(Map.of("name", "digits", "digest", "d1", "context", "training"));
        assertThat(at(last, "metricSeries", 0, "count")).isEqualTo("1000");
        assertThat((List<?>) at(last, "metricSeries", 0, "values")).hasSize(20);

        Object compared = client.ask(
                "query($ids: [ID!]!) { compareRuns(ids: $ids, onlyDifferences: true)"
                        + " { params { key values } metrics { key values } } }",
                Map.of("ids", List.of(globalId("run", bad), globalId("run", good))));
        assertThat(at(compared, "compareRuns", "params", 0, "values")).isEqualTo(List.of("0.2", "0.1"));
        assertThat(at(compared, "compareRuns", "metrics", 0, "key")).isEqualTo("loss");
    }

    private static List<Object> names(Object data, String search) {
        List<Object> names = new ArrayList<>();
        ((List<?>) at(data, search, "nodes")).forEach(run -> names.add(at(run, "name")));
        return names;
    }

    @Test
    void artifactsAndLoggedModelsAreSeen() {
        String experiment = experiment("models");
        String run = run(experiment, "maker");
        client.putArtifact(experiment + "/" + run + "/artifacts/model/%C3%BC%20x.txt", "hello");
        String model = (String) at(
                client.mlflow(
                        "logged-models",
                        Map.of(
                                "experiment_id",
                                experiment,
                                "name",
                                "net",
                                "source_run_id",
                                run,
                                "params",
                                List.of(Map.of("key", "depth", "value", "3")))),
                "model",
                "info",
                "model_id");
        client.mlflow("runs/outputs", Map.of("run_id", run, "models", List.of(Map.of("model_id", model, "step", 7))));
        client.mlflow(
                "runs/log-metric",
                Map.of("run_id", run, "key", "accuracy", "value", 0.75, "timestamp", 1, "step", 1, "model_id", model));
        client.mlflow(
                "experiments/set-experiment-tag", Map.of("experiment_id", experiment, "key", "team", "value", "a"));

        Object found =
                client.ask("""
                query($run: ID!, $experiment: ID!) {
                  run(id: $run) {
                    experiment { tags { key value } deleted artifactLocation }
                    artifacts { nodes { path folder } }
                    inside: artifacts(path: "model") { nodes { path name size url } }
                    modelOutputs { step model { id name modelId params { key value } sourceRun { name } } }
                  }
                  loggedModels(experiments: [$experiment], filter: "metrics.accuracy > 0.5", orderBy: "metrics.accuracy") {
                    nodes { name status metrics { key value run { name } } }
                  }
                }
                """, Map.of("run", globalId("run", run), "experiment", globalId("experiment", experiment)));

        assertThat(at(found, "run", "experiment", "tags")).isEqualTo(List.of(Map.of("key", "team", "value", "a")));
        assertThat(at(found, "run", "artifacts", "nodes")).isEqualTo(List.of(Map.of("path", "model", "folder", true)));
        Object file = at(found, "run", "inside", "nodes", 0);
        assertThat(at(file, "name")).isEqualTo("ü x.txt");
        assertThat(client.fetch((String) at(file, "url"))).isEqualTo("hello");
        Object made = at(found, "run", "modelOutputs", 0);
        assertThat(at(made, "step")).isEqualTo("7");
        assertThat(at(made, "model", "modelId")).isEqualTo(model);
        assertThat(at(made, "model", "sourceRun", "name")).isEqualTo("maker");
        assertThat(at(found, "loggedModels", "nodes", 0, "metrics", 0))
                .isEqualTo(Map.of("key", "accuracy", "value", 0.75, "run", Map.of("name", "maker")));
        Object node = client.ask(
                "query($id: ID!) { node(id: $id) { __typename ... on LoggedModel { params { value } } } }",
                Map.of("id", at(made, "model", "id")));
        assertThat(at(node, "node"))
                .isEqualTo(Map.of("__typename", "LoggedModel", "params", List.of(Map.of("value", "3"))));
    }

    @Test
    void metricsAreFollowedFromAPlotToTheEndWithoutGapsOrRepetitions() throws Exception {
        String experiment = experiment("live");
        String first = run(experiment, "first");
        String second = run(experiment, "second");
        log(first, "loss", IntStream.range(0, 500).toArray());
        String ofFirst = globalId("run", first);
        Object plot = client.ask(
                "query($id: ID!) { run(id: $id) { metricSeries(keys: [\"loss\"], points: 10) { cursor } } }",
                Map.of("id", ofFirst));
        String cursor = (String) at(plot, "run", "metricSeries", 0, "cursor");

        Set<String> seen = new HashSet<>();
        try (GraphqlClient.Following following = client.follow(
                "subscription($runs: [ID!]!, $after: [String!]!) { runMetrics(runs: $runs, keys: [\"loss\"], after: $after)"
                        + " { series { runId key steps } } }",
                Map.of("runs", List.of(ofFirst, globalId("run", second)), "after", List.of(cursor)))) {
            CompletableFuture<Void> logging = CompletableFuture.runAsync(() -> {
                for (int step = 500; step < 1000; step += 2) {
                    log(first, "loss", step + 1);
                    // Late.
                    log(first, "loss", step);
                    log(second, "loss", step);
                    log(second, "other", step);
                }
                end(first);
                end(second);
            });
            Map<String, Object> message = following.next();
            while (message.get("type").equals("next")) {
                for (Object series : (List<?>) at(message, "payload", "data", "runMetrics", "series")) {
                    assertThat(at(series, "key")).isEqualTo("loss");
                    for (Object step : (List<?>) at(series, "steps")) {
                        assertThat(seen.add(at(series, "runId") + " " + step))
                                .as("told once")
                                .isTrue();
                    }
                }
                message = following.next();
            }
            assertThat(message.get("type")).as(message.toString()).isEqualTo("complete");
            assertThat(logging).succeedsWithin(Duration.ofSeconds(60));
        }
        assertThat(seen).hasSize(500 + 250);
    }

    private static String experiment(String name) {
        return (String)
                client.mlflow("experiments/create", Map.of("name", name)).get("experiment_id");
    }

    private static String run(String experiment, String name) {
        Map<String, Object> made = client.mlflow("runs/create", Map.of("experiment_id", experiment, "run_name", name));
        return (String) at(made, "run", "info", "run_id");
    }

    private static void param(String run, String key, String value) {
        client.mlflow("runs/log-parameter", Map.of("run_id", run, "key", key, "value", value));
    }

    private static void log(String run, String key, int... steps) {
        List<Object> metrics = new ArrayList<>();
        for (int step : steps) {
            metrics.add(Map.of("key", key, "value", step, "timestamp", 1_790_000_000_000L + step, "step", step));
        }
        client.mlflow("runs/log-batch", Map.of("run_id", run, "metrics", metrics));
    }

    private static void end(String run) {
        client.mlflow("runs/update", Map.of("run_id", run, "status", "FINISHED"));
    }

    private static String globalId(String type, String id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((type + ":" + id).getBytes(StandardCharsets.US_ASCII));
    }
}
