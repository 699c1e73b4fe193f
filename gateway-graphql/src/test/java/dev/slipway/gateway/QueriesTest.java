package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Sample;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.gateway.TestServer.Answer;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.ProjectId;
import graphql.introspection.IntrospectionQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueriesTest {
    private TestServer server;
    private TestLabeling labeling;
    private TestTraining training;
    private Calls calls;

    @BeforeEach
    void start() {
        server = new TestServer();
        labeling = server.bean(TestLabeling.class);
        training = server.bean(TestTraining.class);
        calls = server.bean(Calls.class);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pagesAreReadForwardsByCursor() throws Exception {
        for (int i = 0; i < 5; i++) {
            labeling.projects.add(new Project("p" + i, List.of("a", "b")));
        }
        List<String> names = new ArrayList<>();
        String after = null;
        boolean more = true;
        while (more) {
            Answer page = server.ask(
                    "query($after: String) { projects(first: 2, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }",
                    after == null ? Map.of() : Map.of("after", after));
            page.at("data.projects.nodes")
                    .values()
                    .forEach(node -> names.add(node.get("name").getStringValue()));
            more = page.at("data.projects.pageInfo.hasNextPage").getBooleanValue();
            after = page.text("data.projects.pageInfo.endCursor");
        }
        assertThat(names).containsExactly("p4", "p3", "p2", "p1", "p0");
    }

    @Test
    void everyEdgesCursorContinuesTheList() throws Exception {
        for (int i = 0; i < 5; i++) {
            labeling.projects.add(new Project("p" + i, List.of("a", "b")));
        }
        Answer all = server.ask("{ projects(first: 4) { edges { cursor node { name } } } }");
        for (int i = 0; i < 4; i++) {
            Answer next = server.ask(
                    "query($after: String) { projects(first: 1, after: $after) { nodes { name } } }",
                    Map.of("after", all.text("data.projects.edges." + i + ".cursor")));
            assertThat(next.text("data.projects.nodes.0.name")).isEqualTo("p" + (3 - i));
        }
    }

    @Test
    void nodesAreFoundByTheirGlobalIds() throws Exception {
        labeling.projects.add(new Project("digits", List.of("0", "1")));
        String id = server.ask("{ projects { nodes { id } } }").text("data.projects.nodes.0.id");
        Answer found = server.ask(
                "query($id: ID!) { node(id: $id) { __typename id ... on Project { name } } nodes(ids: [$id, \"cnVuOmFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh\"]) { id } }",
                Map.of("id", id));
        assertThat(found.text("data.node.__typename")).isEqualTo("Project");
        assertThat(found.text("data.node.name")).isEqualTo("digits");
        assertThat(found.text("data.nodes.0.id")).isEqualTo(id);
        assertThat(found.at("data.nodes.1").isNull()).isTrue();
    }

    @Test
    void idsOfAnotherTypeAreRefusedWithACode() throws Exception {
        labeling.projects.add(new Project("digits", List.of("0", "1")));
        String id = server.ask("{ projects { nodes { id } } }").text("data.projects.nodes.0.id");
        assertThat(server.ask("query($id: ID!) { run(id: $id) { id } }", Map.of("id", id))
                        .text("errors.0.extensions.code"))
                .isEqualTo("graphql.id-type");
        assertThat(server.ask("{ node(id: \"nonsense\") { id } }").text("errors.0.extensions.code"))
                .isEqualTo("graphql.id");
    }

    @Test
    void aListPageAsksForEachKindOfThingOnce() throws Exception {
        Entity<ProjectId, Project> project = labeling.projects.add(new Project("digits", List.of("0", "1")));
        for (int i = 0; i < 30; i++) {
            labeling.tasks.add(new Task(
                    project.id(), "k" + i, new Sample(List.of(1), List.of(0.1f)), TaskState.UNLABELLED, null, null));
        }
        Entity<ExperimentId, Experiment> experiment = training.experiments.add(Experiment.named("e"));
        for (int i = 0; i < 30; i++) {
            training.runs.add(Run.logged(experiment.id(), "r" + i, 1));
        }
        calls.forget();
        Answer answer = server.ask(
                """
                query($project: ID!, $experiment: ID!) {
                  project(id: $project) { unlabelled tasks(first: 30) { nodes { project { name unlabelled } sample { values } } } }
                  searchRuns(experiment: $experiment, first: 30, orderByMetric: "accuracy") {
                    nodes { experiment { name } params { key } metrics { key value } tags { key } }
                  }
                }
                """,
                Map.of(
                        "project", globalId("project:" + project.id()),
                        "experiment", globalId("experiment:" + experiment.id())));
        assertThat(answer.body().get("errors")).as(answer.text()).isNull();
        assertThat(answer.at("data.searchRuns.nodes").size()).isEqualTo(30);
        assertThat(calls.methods())
                .containsExactlyInAnyOrder(
                        "project", "tasks", "counts", "projects", "searchRuns by accuracy", "experiments", "data");
    }

    @Test
    void contractsAreCalledOnBlockingThreadsInTheCallersName() throws Exception {
        server.ask("{ projects { nodes { id unlabelled } } viewer { subject } }");
        assertThat(calls.all()).isNotEmpty().allSatisfy(call -> {
            assertThat(call.thread()).doesNotContain("nioEventLoop").doesNotContain("default-nio");
            assertThat(call.caller()).isEqualTo("local");
        });
    }

    @Test
    void wideNumbersAndOddNumbersSurvive() throws Exception {
        Entity<ExperimentId, Experiment> experiment = training.experiments.add(Experiment.named("e"));
        Answer run = server.ask(
                "mutation($e: ID!) { createRun(input: {experiment: $e, name: \"r\"}) { id } }",
                Map.of("e", globalId("experiment:" + experiment.id())));
        Answer logged = server.ask("""
                mutation($run: ID!, $time: Long!) {
                  logToRun(input: {run: $run, metrics: [
                    {key: "a", value: "NaN", timestamp: $time}, {key: "b", value: 0.5, timestamp: 1, step: "3"},
                    {key: "c", value: "-Infinity", timestamp: 1}]}) {
                    metrics { key value timestamp step }
                    metricHistory(key: "b") { nodes { value } }
                  }
                }
                """, Map.of("run", run.text("data.createRun.id"), "time", "9007199254740993"));
        assertThat(logged.text("data.logToRun.metrics.0.value")).isEqualTo("NaN");
        assertThat(logged.text("data.logToRun.metrics.0.timestamp")).isEqualTo("9007199254740993");
        assertThat(logged.at("data.logToRun.metrics.0.timestamp").isString()).isTrue();
        assertThat(logged.at("data.logToRun.metrics.1.value").getDoubleValue()).isEqualTo(0.5);
        assertThat(logged.text("data.logToRun.metrics.1.step")).isEqualTo("3");
        assertThat(logged.text("data.logToRun.metrics.2.value")).isEqualTo("-Infinity");
        assertThat(logged.at("data.logToRun.metricHistory.nodes").size()).isEqualTo(1);
    }

    @Test
    void repeatedRunsTellOfTheirOriginals() throws Exception {
        Entity<ExperimentId, Experiment> experiment = training.experiments.add(Experiment.named("e"));
        var original = training.runs.add(Run.logged(experiment.id(), "first", 1));
        Answer repeated = server.ask(
                "mutation($run: ID!) { repeatRun(input: {run: $run, idempotencyKey: \"k\"}) { id repeats { name } } }",
                Map.of("run", globalId("run:" + original.id())));
        assertThat(repeated.text("data.repeatRun.repeats.name")).isEqualTo("first");
        assertThat(calls.methods()).contains("repeat k");

        Answer both = server.ask(
                """
                query($run: ID!, $original: ID!) {
                  run(id: $run) {
                    repetition { verdict original { name } differences { key original repeated } }
                  }
                  other: run(id: $original) { repeats { id } repetition { verdict } }
                }
                """, Map.of("run", repeated.text("data.repeatRun.id"), "original", globalId("run:" + original.id())));
        assertThat(both.text("data.run.repetition.verdict")).isEqualTo("DIFFERENT");
        assertThat(both.text("data.run.repetition.original.name")).isEqualTo("first");
        assertThat(both.text("data.run.repetition.differences.0.key")).isEqualTo("loss");
        assertThat(both.at("data.run.repetition.differences.0.original").getDoubleValue())
                .isEqualTo(0.5);
        assertThat(both.at("data.run.repetition.differences.0.repeated").isNull())
                .isTrue();
        assertThat(both.at("data.other.repeats").isNull()).isTrue();
        assertThat(both.at("data.other.repetition").isNull()).isTrue();
    }

    @Test
    void lineageShowsTheThingsThemselves() throws Exception {
        labeling.projects.add(new Project("digits", List.of("0", "1")));
        Entity<ExperimentId, Experiment> experiment = training.experiments.add(Experiment.named("e"));
        var run = training.runs.add(Run.logged(experiment.id(), "r", 1).withState(RunState.FINISHED, 2L));
        Answer answer = server.ask("""
                query($of: ID!) {
                  lineage(of: $of, direction: UPSTREAM, depth: 5, edgeTypes: [DERIVED_FROM]) {
                    nodes { id type depth node { __typename ... on Project { name } ... on Run { name } } }
                    edges { from type to created } truncated
                  }
                }
                """, Map.of("of", globalId("run:" + run.id())));
        assertThat(answer.text("data.lineage.nodes.0.node.__typename")).isEqualTo("Run");
        assertThat(answer.text("data.lineage.nodes.1.node.name")).isEqualTo("digits");
        assertThat(answer.at("data.lineage.nodes.2.node").isNull()).isTrue();
        assertThat(answer.text("data.lineage.edges.0.to")).isEqualTo(answer.text("data.lineage.nodes.1.id"));
    }

    @Test
    void eventsAreAConnection() throws Exception {
        Answer first =
                server.ask("{ events(first: 3) { nodes { position type } pageInfo { hasNextPage endCursor } } }");
        assertThat(first.at("data.events.pageInfo.hasNextPage").getBooleanValue())
                .isTrue();
        Answer rest = server.ask(
                "query($after: String) { events(first: 3, after: $after) { nodes { position } pageInfo { hasNextPage } } }",
                Map.of("after", first.text("data.events.pageInfo.endCursor")));
        assertThat(rest.text("data.events.nodes.0.position")).isEqualTo("4");
        assertThat(rest.at("data.events.pageInfo.hasNextPage").getBooleanValue())
                .isFalse();
    }

    @Test
    void failuresOfServicesHaveTheirCodesAndDefectsKeepTheirSecrets() throws Exception {
        Answer down = server.ask("{ monitors { nodes { id } } viewer { subject } }");
        assertThat(down.status()).isEqualTo(200);
        assertThat(down.text("errors.0.extensions.code")).isEqualTo("test.down");
        assertThat(down.text("errors.0.extensions.kind")).isEqualTo("UNAVAILABLE");
        Answer defect = server.ask("{ node(id: \"" + globalId("model:" + "a".repeat(32)) + "\") { id } }");
        assertThat(defect.text("errors.0.extensions.code")).isEqualTo("internal");
        assertThat(defect.text()).doesNotContain("secret").doesNotContain("Exception");
        Answer taken = server.ask(
                "mutation { a: createProject(input: {name: \"x\", labels: [\"0\", \"1\"]}) { id } b: createProject(input: {name: \"x\", labels: [\"0\", \"1\"]}) { id } }");
        assertThat(taken.text("errors.0.extensions.code")).isEqualTo("labeling.project-exists");
    }

    @Test
    void deepWideAndCostlyDocumentsAreRefused() throws Exception {
        String deep =
                "{ jobs { nodes { subject { ... on Task { project { tasks { nodes { project { tasks { nodes { project { tasks { nodes { project { tasks { nodes { project { name } } } } } } } } } } } } } } } } } }";
        assertThat(server.ask(deep).status()).isEqualTo(400);
        Answer costly = server.ask("{ projects(first: 1000) { nodes { tasks(first: 1000) { nodes { id } } } } }");
        assertThat(costly.text("errors.0.extensions.code")).isEqualTo("graphql.too-complex");
        StringBuilder aliases = new StringBuilder("{");
        for (int i = 0; i < 3000; i++) {
            aliases.append(" a").append(i).append(": projects(first: 50) { nodes { id } }");
        }
        assertThat(server.ask(aliases.append("}").toString()).status()).isEqualTo(400);
        assertThat(calls.methods()).isEmpty();
    }

    @Test
    void theSchemaCanBeAskedFor() throws Exception {
        Answer answer = server.ask(IntrospectionQuery.INTROSPECTION_QUERY);
        assertThat(answer.body().get("errors")).as(answer.text()).isNull();
        assertThat(answer.at("data.__schema.types").size()).isGreaterThan(50);
    }

    private static String globalId(String text) {
        return java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
