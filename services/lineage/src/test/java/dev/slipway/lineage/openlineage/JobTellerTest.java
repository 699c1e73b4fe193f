package dev.slipway.lineage.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.api.jobs.Failure;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.JobHandler;
import dev.slipway.runtime.jobs.Jobs;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.Put;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.type.Argument;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a receiver of OpenLineage is told of Slipway's own jobs. */
@Timeout(120)
class JobTellerTest {
    private static final Argument<Map<String, Object>> JSON = Argument.mapOf(String.class, Object.class);
    private static final Caller CALLER = new Caller("test", Set.of(Role.ENGINEER), Workspace.DEFAULT);

    private record Received(String path, String authorization, String body) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    private HttpServer receiver;
    private ApplicationContext context;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (InputStream bytes =
                    zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                received.add(new Received(
                        exchange.getRequestURI().getPath(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        new String(bytes.readAllBytes(), StandardCharsets.UTF_8)));
            }
            Integer answer = answers.poll();
            exchange.sendResponseHeaders(answer == null ? 201 : answer, -1);
            exchange.close();
        });
        receiver.start();
    }

    private void open(Path data, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "slipway.data",
                data.toString(),
                "micronaut.server.port",
                -1,
                "micronaut.server.host",
                "127.0.0.1",
                "test.worker",
                true,
                "slipway.openlineage.url",
                "http://127.0.0.1:" + receiver.getAddress().getPort()));
        settings.putAll(more);
        context = ApplicationContext.run(settings);
        context.getBean(EmbeddedServer.class).start();
    }

    @AfterEach
    void stop() {
        context.close();
        receiver.stop(0);
    }

    @Test
    void jobsAreToldWithWhatTheyReadAndMade(@TempDir Path data) throws Exception {
        open(data, Map.of("slipway.openlineage.api-key", "s3cret", "slipway.openlineage.gzip", true));
        EntityRef version = put(EntityType.DATASET_VERSION);
        EntityRef run = put(EntityType.RUN);
        link(run, EdgeType.USED, version);

        JobId job = start(run, "succeed");

        for (String type : List.of("START", "COMPLETE")) {
            Received told = take();
            assertThat(told.path()).isEqualTo("/api/v1/lineage");
            assertThat(told.authorization()).isEqualTo("Bearer s3cret");
            Map<String, Object> event = json(told);
            assertThat(event).containsEntry("eventType", type);
            assertThat(part(event, "run"))
                    .containsEntry("runId", OwnJobs.run(job).toString());
            assertThat(part(event, "job"))
                    .containsEntry("namespace", "slipway")
                    .containsEntry("name", "lineage.test-work");
            assertThat(names(event, "inputs")).containsExactly("slipway:dataset-version/" + version.id());
            assertThat(names(event, "outputs")).containsExactly("slipway:run/" + run.id());
        }
    }

    @Test
    void aFailureSaysWhy(@TempDir Path data) throws Exception {
        open(data, Map.of("slipway.openlineage.namespace", "factory"));
        start(put(EntityType.CONVERSION), "refuse");

        assertThat(json(take())).containsEntry("eventType", "START");
        Map<String, Object> failed = json(take());
        assertThat(failed).containsEntry("eventType", "FAIL");
        assertThat(part(failed, "job")).containsEntry("namespace", "factory");
        assertThat(part(part(part(failed, "run"), "facets"), "errorMessage"))
                .containsEntry("message", "The test refuses. [test.refused]")
                .containsEntry("programmingLanguage", "Java");
    }

    @Test
    void aReceiverThatIsAwayIsToldLater(@TempDir Path data) throws Exception {
        open(data, Map.of());
        answers.addAll(List.of(503, 429));
        start(put(EntityType.RUN), "succeed");

        String first = take().body();
        assertThat(take().body()).isEqualTo(first);
        assertThat(take().body()).isEqualTo(first);
        assertThat(json(take())).containsEntry("eventType", "COMPLETE");
    }

    @Test
    void whatIsRefusedHoldsNothingUp(@TempDir Path data) throws Exception {
        open(data, Map.of());
        answers.add(400);
        start(put(EntityType.RUN), "succeed");

        assertThat(json(take())).containsEntry("eventType", "START");
        assertThat(json(take())).containsEntry("eventType", "COMPLETE");
    }

    @Test
    void whatComesBackIsNotTakenTwice(@TempDir Path data) throws Exception {
        open(data, Map.of());
        start(put(EntityType.RUN), "succeed");
        String event = take().body();

        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        context.getBean(EmbeddedServer.class).getURI() + "/api/v1/lineage"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(event))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(201);
        String claim = ExternalThings.claim(
                "external-job", new OpenLineageEvent.Named("slipway", "lineage.test-work", null, null, null));
        assertThat(context.getBean(GraphStore.class).claim(Workspace.DEFAULT, claim))
                .isEmpty();
    }

    private EntityRef put(EntityType type) {
        EntityId id = context.getBean(IdGenerator.class).next(EntityId::new);
        context.getBean(GraphStore.class)
                .commit(Batch.in(Workspace.DEFAULT)
                        .put(new Put(type, id, 0, 1, 5, "{}", List.of()))
                        .build());
        return new EntityRef(type, id);
    }

    private void link(EntityRef from, EdgeType type, EntityRef to) {
        context.getBean(GraphStore.class)
                .commit(Batch.in(Workspace.DEFAULT)
                        .link(new Edge(from, type, to, 5))
                        .build());
    }

    private JobId start(EntityRef subject, String act) {
        JobId id = context.getBean(IdGenerator.class).next(JobId::new);
        context.getBean(Callers.class).runAs(CALLER, () -> {
            Change change = context.getBean(Entities.class).change();
            context.getBean(Jobs.class)
                    .enqueue(change, id, context.getBean(Worker.class), subject, new Worker.Input(act));
            change.commit();
        });
        return id;
    }

    /** The next event, held against the specification. */
    private Received take() throws InterruptedException, IOException {
        Received one = received.poll(60, TimeUnit.SECONDS);
        assertThat(one).as("an event").isNotNull();
        Optional<Specification> specification = Specification.found();
        if (specification.isPresent()) {
            specification.get().check(one.body());
        }
        return one;
    }

    private Map<String, Object> json(Received event) throws IOException {
        return context.getBean(ObjectMapper.class).readValue(event.body(), JSON);
    }

    @SuppressWarnings("unchecked") // What JSON objects are read as.
    private static Map<String, Object> part(Map<String, Object> json, String name) {
        return (Map<String, Object>) json.get(name);
    }

    private static List<String> names(Map<String, Object> event, String side) {
        return ((List<?>) event.get(side))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .map(each -> each.get("namespace") + ":" + each.get("name"))
                        .toList();
    }

    @Singleton
    @Requires(property = "test.worker")
    static final class Worker implements JobHandler<Worker.Input> {
        @Serdeable
        record Input(String act) {}

        @Override
        public Service service() {
            return Service.LINEAGE;
        }

        @Override
        public String kind() {
            return "test-work";
        }

        @Override
        public Class<Input> input() {
            return Input.class;
        }

        @Override
        public void run(JobContext job, Input input) {
            if (input.act().equals("refuse")) {
                throw SlipwayException.invalid("test.refused", "The test refuses.");
            }
        }

        @Override
        public void failed(JobContext job, Input input, Failure failure) {
            job.log("failed as it should");
        }
    }
}
