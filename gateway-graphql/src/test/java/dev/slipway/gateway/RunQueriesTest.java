package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.FindRuns;
import dev.slipway.api.training.Lifecycle;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunCondition;
import dev.slipway.api.training.RunCondition.Operator;
import dev.slipway.api.training.RunOrder;
import dev.slipway.api.training.RunSource;
import dev.slipway.gateway.TestServer.Answer;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches, plots and comparisons of runs, and that none of them asks run by run. */
class RunQueriesTest {
    private TestServer server;
    private TestTraining training;
    private TestRuns runs;
    private Calls calls;
    private Entity<ExperimentId, Experiment> experiment;

    @BeforeEach
    void start() {
        server = new TestServer();
        training = server.bean(TestTraining.class);
        runs = server.bean(TestRuns.class);
        calls = server.bean(Calls.class);
        experiment = training.experiments.add(Experiment.named("e"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatRunsHaveToSatisfyIsHandedOn() throws Exception {
        Answer answer = server.ask("""
                query($experiment: ID!) {
                  runs(
                    experiments: [$experiment]
                    filter: "metrics.loss < 1"
                    lifecycle: ALL
                    where: {
                      metrics: [{ key: "accuracy", atLeast: 0.9, less: "Infinity" }, { key: "loss", exists: true }]
                      params: [{ key: "rate", in: ["0.1", "0.01"] }]
                      tags: [{ key: "team", exists: false }]
                      name: { like: "digits%", notEquals: "digits-1" }
                      state: { in: [FINISHED, FAILED] }
                      started: { greater: 1000 }
                      datasets: [{ name: { equals: "mnist" } }]
                    }
                    orderBy: [{ metric: "accuracy" }, { field: STARTED, direction: ASCENDING }]
                  ) { nodes { id } }
                }
                """, Map.of("experiment", globalId("experiment", experiment.id())));

        assertThat(answer.body().get("errors")).as(answer.text()).isNull();
        FindRuns search = runs.searches.get(0);
        assertThat(search.experiments()).containsExactly(experiment.id());
        assertThat(search.filter()).isEqualTo("metrics.loss < 1");
        assertThat(search.lifecycle()).isEqualTo(Lifecycle.ALL);
        assertThat(search.limit()).isEqualTo(50);
        assertThat(search.conditions())
                .containsExactly(
                        RunCondition.number(RunSource.METRIC, "accuracy", Operator.LESS, Double.POSITIVE_INFINITY),
                        RunCondition.number(RunSource.METRIC, "accuracy", Operator.GREATER_OR_EQUAL, 0.9),
                        RunCondition.exists(RunSource.METRIC, "loss", true),
                        RunCondition.text(RunSource.PARAM, "rate", Operator.IN, List.of("0.1", "0.01")),
                        RunCondition.exists(RunSource.TAG, "team", false),
                        RunCondition.text(RunSource.ATTRIBUTE, "run_name", Operator.NOT_EQUAL, List.of("digits-1")),
                        RunCondition.text(RunSource.ATTRIBUTE, "run_name", Operator.LIKE, List.of("digits%")),
                        RunCondition.text(RunSource.ATTRIBUTE, "status", Operator.IN, List.of("FINISHED", "FAILED")),
                        RunCondition.number(RunSource.ATTRIBUTE, "start_time", Operator.GREATER, 1000),
                        RunCondition.text(RunSource.DATASET, "name", Operator.EQUAL, List.of("mnist")));
        assertThat(search.orders())
                .containsExactly(
                        new RunOrder(RunSource.METRIC, "accuracy", true),
                        new RunOrder(RunSource.ATTRIBUTE, "start_time", false));
    }

    @Test
    void allExperimentsAreSearchedWhenNoneIsNamed() throws Exception {
        server.ask("{ runs { nodes { id } } }");
        assertThat(runs.searches.get(0).experiments()).isNull();
        assertThat(runs.searches.get(0).conditions()).isEmpty();
    }

    @Test
    void anOrderNamesOneThing() throws Exception {
        for (String order : List.of("{}", "{ metric: \"a\", field: NAME }", "{ direction: ASCENDING }")) {
            assertThat(server.ask("{ runs(orderBy: [" + order + "]) { nodes { id } } }")
                            .text("errors.0.extensions.code"))
                    .isEqualTo("graphql.argument");
        }
    }

    @Test
    void aPageOfRunsWithAllThatBelongsToThemTakesFewCalls() throws Exception {
        for (int i = 0; i < 30; i++) {
            RunId run = newRun("r" + i);
            runs.histories.log(run, 1, 0.5);
            runs.histories.log(run, 2, 0.25);
        }
        calls.forget();
        Answer answer = server.ask("""
                {
                  runs(first: 30) {
                    nodes {
                      name user deleted experiment { name tags { key } deleted }
                      inputs { name context datasetVersion { id } }
                      modelOutputs { step }
                      metricSeries(keys: ["loss", "other"], points: 100) { key count steps timestamps values cursor }
                    }
                  }
                }
                """);

        assertThat(answer.body().get("errors")).as(answer.text()).isNull();
        assertThat(answer.at("data.runs.nodes").size()).isEqualTo(30);
        assertThat(answer.text("data.runs.nodes.0.metricSeries.0.values.1")).isEqualTo("0.25");
        assertThat(answer.text("data.runs.nodes.0.metricSeries.0.steps.1")).isEqualTo("2");
        assertThat(answer.at("data.runs.nodes.0.metricSeries.1.cursor").isNull())
                .isTrue();
        assertThat(answer.text("data.runs.nodes.0.inputs.0.context")).isEqualTo("training");
        assertThat(calls.methods())
                .containsExactlyInAnyOrder("find", "experiments", "experimentTags", "uses", "series of 30");
    }

    @Test
    void manyPointsOfManyRunsAreAskedForInParts() throws Exception {
        for (int i = 0; i < 45; i++) {
            newRun("r" + i);
        }
        calls.forget();
        Answer answer = server.ask(
                "{ runs(first: 45) { nodes { metricSeries(keys: [\"a\", \"b\"], points: 5000) { key } } } }");

        assertThat(answer.body().get("errors")).as(answer.text()).isNull();
        assertThat(calls.methods()).containsExactly("find", "series of 20", "series of 20", "series of 5");
    }

    @Test
    void plotsThatAreTooLargeAreRefusedBeforeAnythingIsRead() throws Exception {
        newRun("r");
        calls.forget();
        for (String arguments :
                List.of("keys: [\"a\"], points: 1000000000", "keys: [\"a\", \"b\", \"c\"], points: 2000000000")) {
            assertThat(server.ask("{ runs { nodes { metricSeries(" + arguments + ") { values } } } }")
                            .text("errors.0.extensions.code"))
                    .isEqualTo("graphql.too-complex");
        }
        List<String> ids = Collections.nCopies(100, globalId("run", new RunId("a".repeat(32))));
        for (String root : List.of("nodes(ids: $ids) { ... on Run", "compareRuns(ids: $ids) { runs")) {
            assertThat(server.ask(
                                    "query($ids: [ID!]!) { " + root
                                            + " { metricSeries(keys: [\"a\"], points: 10000) { values } } } }",
                                    Map.of("ids", ids))
                            .text("errors.0.extensions.code"))
                    .isEqualTo("graphql.too-complex");
        }
        assertThat(calls.methods()).isEmpty();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            keys.add("k" + i);
        }
        assertThat(server.ask(
                                "query($keys: [String!]!) { runs { nodes { metricSeries(keys: $keys) { values } } } }",
                                Map.of("keys", keys))
                        .text("errors.0.extensions.code"))
                .isEqualTo("graphql.too-complex");
        assertThat(calls.methods()).isEmpty();
    }

    @Test
    void runsAreComparedSideBySide() throws Exception {
        RunId first = newRun("a");
        RunId second = newRun("b");
        log(
                first,
                new LogBatch(
                        List.of(new Metric("loss", Double.NaN, 1, 1)), List.of(new Param("rate", "1")), List.of()));
        log(second, new LogBatch(List.of(new Metric("loss", 0.5, 1, 1)), List.of(new Param("rate", "1")), List.of()));
        calls.forget();
        Map<String, Object> ids = Map.of("ids", List.of(globalId("run", second), globalId("run", first)));
        Answer answer = server.ask("""
                query($ids: [ID!]!) {
                  all: compareRuns(ids: $ids) {
                    runs { name } params { key values differs } tags { key } metrics { key values differs }
                  }
                  differences: compareRuns(ids: $ids, onlyDifferences: true) { params { key } metrics { key } }
                }
                """, ids);

        assertThat(answer.body().get("errors")).as(answer.text()).isNull();
        assertThat(answer.text("data.all.runs.0.name")).isEqualTo("b");
        assertThat(answer.text("data.all.params.0.differs")).isEqualTo("false");
        assertThat(answer.text("data.all.metrics.0.values.0")).isEqualTo("0.5");
        assertThat(answer.text("data.all.metrics.0.values.1")).isEqualTo("NaN");
        assertThat(answer.text("data.all.metrics.0.differs")).isEqualTo("true");
        assertThat(answer.at("data.differences.params").size()).isZero();
        assertThat(answer.at("data.differences.metrics").size()).isEqualTo(1);
    }

    @Test
    void whatCannotBeComparedIsRefused() throws Exception {
        String run = globalId("run", newRun("a"));
        assertThat(comparison(List.of(run))).isEqualTo("run.comparison");
        assertThat(comparison(List.of(run, run))).isEqualTo("run.comparison");
        assertThat(comparison(List.of(run, globalId("run", new RunId("0".repeat(32))))))
                .isEqualTo("run.unknown");
        assertThat(comparison(List.of(run, globalId("experiment", experiment.id()))))
                .isEqualTo("graphql.id-type");
    }

    private String comparison(List<String> ids) throws Exception {
        return server.ask("query($ids: [ID!]!) { compareRuns(ids: $ids) { runs { id } } }", Map.of("ids", ids))
                .text("errors.0.extensions.code");
    }

    private void log(RunId run, LogBatch batch) {
        server.bean(Callers.class).runAs(Caller.service("test", Workspace.DEFAULT), () -> training.log(run, batch));
    }

    private RunId newRun(String name) {
        return training.runs.add(Run.logged(experiment.id(), name, 1)).id();
    }

    private static String globalId(String type, Id id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((type + ":" + id.value()).getBytes(StandardCharsets.US_ASCII));
    }
}
