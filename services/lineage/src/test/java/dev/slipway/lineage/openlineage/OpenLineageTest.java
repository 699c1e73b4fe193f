package dev.slipway.lineage.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.lineage.ExternalDataset;
import dev.slipway.api.lineage.ExternalRun;
import dev.slipway.api.lineage.ExternalRunState;
import dev.slipway.api.lineage.Lineage;
import dev.slipway.api.lineage.LineageApi;
import dev.slipway.api.lineage.LineageNode;
import dev.slipway.api.lineage.LineageQuery;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExternalDatasetId;
import dev.slipway.kernel.id.ExternalRunId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.Put;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Events of other tools, over HTTP, and the graph that they become. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenLineageTest {
    private static final String EVENT = """
            {"eventType":"%s","eventTime":"%s","producer":"https://example.org/tool","schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
             "run":{"runId":"%s","facets":%s},"job":{"namespace":"scheduler","name":"%s"},
             "inputs":[%s],"outputs":[%s]}
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private ApplicationContext context;
    private EmbeddedServer server;
    private LineageApi api;
    private GraphStore graph;
    private IdGenerator ids;

    @BeforeAll
    void open(@TempDir Path folder) {
        context = ApplicationContext.run(Map.of("slipway.data", folder.toString(), "micronaut.server.port", -1));
        server = context.getBean(EmbeddedServer.class).start();
        api = context.getBean(LineageApi.class);
        graph = context.getBean(GraphStore.class);
        ids = context.getBean(IdGenerator.class);
    }

    @AfterAll
    void close() {
        context.close();
    }

    @Test
    void aRunJoinsWhatItReadAndWhatItWrote() throws IOException, InterruptedException {
        String run = UUID.randomUUID().toString();
        taken(event("START", "2026-01-02T03:04:05Z", run, "{}", "clean", dataset("s3://in", "raw"), ""));
        taken(event(
                "COMPLETE",
                "2026-01-02T04:04:06.5+01:00",
                run,
                "{\"nominalTime\":{\"nominalStartTime\":\"x\"}}",
                "clean",
                dataset("s3://in", "raw"),
                dataset("s3://out", "table")));

        EntityRef output = find("external-dataset", "s3://out\ntable", EntityType.EXTERNAL_DATASET);
        Lineage upstream = upstream(output);
        assertThat(upstream.nodes())
                .extracting(node -> node.entity().type())
                .containsExactly(EntityType.EXTERNAL_DATASET, EntityType.EXTERNAL_RUN, EntityType.EXTERNAL_DATASET);
        ExternalRun stored = run(upstream.nodes().get(1));
        assertThat(stored.run()).isEqualTo(run);
        assertThat(stored.state()).isEqualTo(ExternalRunState.COMPLETED);
        assertThat(stored.started()).isEqualTo(1_767_323_045_000L);
        assertThat(stored.finished()).isEqualTo(1_767_323_046_500L);
        assertThat(stored.facets()).contains("nominalStartTime");
    }

    @Test
    void eventsThatComeTwiceOrLateChangeNothingThatIsKnownBetter() throws IOException, InterruptedException {
        String run = UUID.randomUUID().toString();
        String failed = event("FAIL", "2026-01-02T03:00:09Z", run, "{}", "late", "", dataset("late", "out"));
        taken(failed);
        taken(failed);
        taken(event("RUNNING", "2026-01-02T03:00:05Z", run, "{}", "late", dataset("late", "in"), ""));

        Lineage upstream = upstream(find("external-dataset", "late\nout", EntityType.EXTERNAL_DATASET));
        assertThat(upstream.nodes()).hasSize(3);
        ExternalRun stored = run(upstream.nodes().get(1));
        assertThat(stored.state()).isEqualTo(ExternalRunState.FAILED);
        assertThat(stored.finished() - stored.started()).isEqualTo(4000);
    }

    @Test
    void aDatasetThatIsInputAndOutputIsOneAndKeepsAllItsFacets() throws IOException, InterruptedException {
        String facets = "{\"namespace\":\"same\",\"name\":\"t\",\"facets\":{\"schema\":{\"a\":1}}}";
        String more =
                "{\"namespace\":\"same\",\"name\":\"t\",\"outputFacets\":{\"outputStatistics\":{\"rowCount\":5}}}";
        taken(event("COMPLETE", "2026-01-02T03:00:00", UUID.randomUUID().toString(), "{}", "same", facets, more));

        ExternalDataset stored = as(() -> api.externalDatasets(
                        List.of(new ExternalDatasetId(find("external-dataset", "same\nt", EntityType.EXTERNAL_DATASET)
                                .id()
                                .value())))
                .get(0)
                .body());
        assertThat(stored.facets()).contains("schema", "outputStatistics");
    }

    @Test
    void jobsAndDatasetsAreToldOfWithoutRuns() throws IOException, InterruptedException {
        taken("""
                {"eventTime":"2026-01-02T03:00:00Z","producer":"p","schemaURL":"u",
                 "job":{"namespace":"n","name":"static"},"inputs":[%s],"outputs":[%s]}
                """.formatted(dataset("st", "in"), dataset("st", "out")));
        taken("""
                {"eventTime":"2026-01-02T03:00:00Z","producer":"p","schemaURL":"u",
                 "dataset":{"namespace":"st","name":"in","facets":{"ownership":{"owners":[]}}}}
                """);

        assertThat(upstream(find("external-dataset", "st\nout", EntityType.EXTERNAL_DATASET))
                        .nodes())
                .extracting(node -> node.entity().type())
                .containsExactly(EntityType.EXTERNAL_DATASET, EntityType.EXTERNAL_JOB, EntityType.EXTERNAL_DATASET);
    }

    @Test
    void whatSlipwayHoldsIsJoinedItself() throws IOException, InterruptedException {
        EntityId version = ids.next(EntityId::new);
        graph.commit(Batch.in(Workspace.DEFAULT)
                .put(new Put(EntityType.DATASET_VERSION, version, 0, 1, 5, "{}", List.of()))
                .build());
        taken(event(
                "COMPLETE",
                "2026-01-02T03:00:00Z",
                UUID.randomUUID().toString(),
                "{}",
                "reader",
                dataset("slipway", "dataset-version/" + version),
                dataset("warehouse", "report")));

        assertThat(upstream(find("external-dataset", "warehouse\nreport", EntityType.EXTERNAL_DATASET))
                        .nodes())
                .extracting(LineageNode::entity)
                .contains(new EntityRef(EntityType.DATASET_VERSION, version));
    }

    @Test
    void aRunKnowsTheRunThatItIsAPartOf() throws IOException, InterruptedException {
        String parent = UUID.randomUUID().toString();
        String facets =
                "{\"parent\":{\"run\":{\"runId\":\"%s\"},\"job\":{\"namespace\":\"scheduler\",\"name\":\"dag\"}}}"
                        .formatted(parent);
        taken(event(
                "START",
                "2026-01-02T03:00:00Z",
                UUID.randomUUID().toString(),
                facets,
                "dag.task",
                "",
                dataset("p", "o")));
        taken(event("COMPLETE", "2026-01-02T03:00:01Z", parent, "{}", "dag", "", ""));

        ExternalRun child = run(upstream(find("external-dataset", "p\no", EntityType.EXTERNAL_DATASET))
                .nodes()
                .get(1));
        ExternalRun stored =
                as(() -> api.externalRuns(List.of(child.parent())).get(0).body());
        assertThat(stored.run()).isEqualTo(parent);
        assertThat(stored.state()).isEqualTo(ExternalRunState.COMPLETED);
    }

    @Test
    void gzipIsReadAndLargeFacetsAreLeftOut() throws IOException, InterruptedException {
        String plan = "x".repeat(40_000);
        String event = event(
                "COMPLETE",
                "2026-01-02T03:00:00Z",
                UUID.randomUUID().toString(),
                "{\"plan\":{\"text\":\"" + plan + "\"},\"small\":{\"n\":1}}",
                "zip",
                "",
                dataset("zip", "out"));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(event.getBytes(StandardCharsets.UTF_8));
        }
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(server.getURI() + "/api/v1/lineage"))
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(zipped.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        ExternalRun stored = run(upstream(find("external-dataset", "zip\nout", EntityType.EXTERNAL_DATASET))
                .nodes()
                .get(1));
        assertThat(stored.facets()).contains("small").doesNotContain("plan");
    }

    @Test
    void eventsThatTheSpecificationDoesNotKnowAreRefused() throws IOException, InterruptedException {
        refused("{}", "eventTime");
        refused("{\"eventTime\":\"2026-01-02T03:00:00Z\",\"producer\":\"p\",\"schemaURL\":\"u\"}", "job' or 'dataset");
        refused(event("START", "yesterday", UUID.randomUUID().toString(), "{}", "j", "", ""), "yesterday");
        refused(event("START", "2026-01-02T03:00:00Z", "seven", "{}", "j", "", ""), "UUID");
        refused("[1, 2]", "lineage");
        refused("{", "lineage");
    }

    private void refused(String event, String part) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(event);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains(part);
    }

    private void taken(String event) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(event);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private HttpResponse<String> post(String event) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.getURI() + "/api/v1/lineage"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(event))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String event(
            String type, String time, String run, String facets, String job, String input, String output) {
        return EVENT.formatted(type, time, run, facets, job, input, output);
    }

    private static String dataset(String namespace, String name) {
        return "{\"namespace\":\"%s\",\"name\":\"%s\"}".formatted(namespace, name);
    }

    private EntityRef find(String kind, String name, EntityType type) {
        String[] parts = {name.substring(0, name.indexOf('\n')), name.substring(name.indexOf('\n') + 1)};
        String claim = ExternalThings.claim(kind, new OpenLineageEvent.Named(parts[0], parts[1], null, null, null));
        return new EntityRef(
                type, new EntityId(graph.claim(Workspace.DEFAULT, claim).orElseThrow()));
    }

    private Lineage upstream(EntityRef of) {
        return as(() -> api.traverse(new LineageQuery(of.id(), Direction.UPSTREAM, 5, Set.of(), 100)));
    }

    private ExternalRun run(LineageNode node) {
        ExternalRunId id = new ExternalRunId(node.entity().id().value());
        return as(() -> api.externalRuns(List.of(id)).get(0).body());
    }

    private <T> T as(Supplier<T> call) {
        return context.getBean(Callers.class)
                .callAs(new Caller("tester", Set.of(Role.VIEWER), Workspace.DEFAULT), call);
    }
}
