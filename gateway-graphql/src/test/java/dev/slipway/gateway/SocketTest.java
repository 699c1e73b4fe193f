package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.jobs.JobState;
import dev.slipway.api.training.Run;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.json.tree.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The protocol graphql-transport-ws, spoken by a real client. */
class SocketTest {
    private static final int PATIENCE_SECONDS = 20;

    private TestServer server;
    private TestJobs jobs;

    @BeforeEach
    void start() {
        start("20s");
    }

    private void start(String initTimeout) {
        server = new TestServer(Map.of(
                "slipway.gateway.connection-init-timeout",
                initTimeout,
                "slipway.gateway.maximum-subscriptions",
                2,
                "slipway.gateway.maximum-followed-metrics",
                1,
                "slipway.gateway.progress-interval",
                "20ms"));
        jobs = server.bean(TestJobs.class);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aJobIsFollowedToItsEnd() throws Exception {
        JobId job = newJob();
        Client client = initialised();
        client.send(follow("1", job));
        assertThat(progress(client.next("1")).get("state").getStringValue()).isEqualTo("QUEUED");
        move(job, JobState.RUNNING, 0.5, "half way");
        JsonNode running = progress(client.next("1"));
        // The state and the progress of a job are written apart, so a look may come between them.
        while (!running.get("message").getStringValue().equals("half way")
                || !running.get("state").getStringValue().equals("RUNNING")) {
            running = progress(client.next("1"));
        }
        assertThat(running.get("fraction").getDoubleValue()).isEqualTo(0.5);
        move(job, JobState.SUCCEEDED, 1, "done");
        JsonNode message = client.receive();
        while (message.get("type").getStringValue().equals("next")) {
            running = progress(message);
            message = client.receive();
        }
        assertThat(running.get("state").getStringValue()).isEqualTo("SUCCEEDED");
        assertThat(message.get("type").getStringValue()).isEqualTo("complete");
        assertThat(server.bean(Calls.class).all())
                .allSatisfy(call -> assertThat(call.caller()).isEqualTo("local"));
    }

    @Test
    void theMetricsOfRunsAreFollowedFromTheirHistoryToTheirEnd() throws Exception {
        TestRuns runs = server.bean(TestRuns.class);
        RunId run = newRun();
        for (int step = 0; step < 2500; step++) {
            runs.histories.log(run, step, step);
        }
        Client client = initialised();
        client.send(metrics("1", run, List.of()));
        List<Long> steps = new ArrayList<>();
        String cursor = "";
        while (steps.size() < 2500) {
            cursor = collect(client.next("1"), steps);
        }
        runs.histories.log(run, 2600, Double.NaN);
        collect(client.next("1"), steps);
        // Later than it should have come.
        runs.histories.log(run, 2550, 1);
        collect(client.next("1"), steps);
        runs.ended.set(true);

        assertThat(client.receive().get("type").getStringValue()).isEqualTo("complete");
        assertThat(steps).hasSize(2502).doesNotHaveDuplicates().endsWith(2499L, 2600L, 2550L);
        assertThat(server.bean(Calls.class).all())
                .allSatisfy(call -> assertThat(call.caller()).isEqualTo("local"));

        client.send(metrics("2", run, List.of(cursor)));
        List<Long> rest = new ArrayList<>();
        collect(client.next("2"), rest);
        assertThat(rest).containsExactly(2550L, 2600L);
        assertThat(client.receive().get("type").getStringValue()).isEqualTo("complete");
    }

    @Test
    void metricsThatCannotBeFollowedAreAnError() throws Exception {
        RunId run = newRun();
        Client client = initialised();
        client.send(metrics("1", new RunId("f".repeat(32)), List.of()));
        assertThat(code(client.receive())).isEqualTo("run.unknown");
        client.send(metrics("1", run, List.of("nonsense")));
        assertThat(code(client.receive())).isEqualTo("graphql.cursor");
    }

    @Test
    void onlySoManyFollowMetricsAtATime() throws Exception {
        Client client = initialised();
        client.send(metrics("1", newRun(), List.of()));
        client.send(metrics("2", newRun(), List.of()));
        JsonNode refused = client.receive();
        assertThat(code(refused)).isEqualTo("graphql.too-many-operations");
        // Which of them came first is not said.
        String other = refused.get("id").getStringValue().equals("1") ? "2" : "1";
        client.send("{\"id\":\"" + other + "\",\"type\":\"complete\"}");
        TestRuns runs = server.bean(TestRuns.class);
        RunId run = newRun();
        runs.histories.log(run, 1, 1);
        JsonNode answer = null;
        // The place is free as soon as the server has heard of it.
        while (answer == null || answer.get("type").getStringValue().equals("error")) {
            client.send(metrics("3", run, List.of()));
            answer = client.receive();
        }
        assertThat(collect(answer, new ArrayList<>())).isNotEmpty();
    }

    private RunId newRun() {
        return server.bean(TestTraining.class)
                .runs
                .add(Run.logged(new ExperimentId("e".repeat(32)), "run", 1))
                .id();
    }

    private static String code(JsonNode error) {
        return error.get("payload").get(0).get("extensions").get("code").getStringValue();
    }

    private static String collect(JsonNode next, List<Long> steps) {
        JsonNode series =
                next.get("payload").get("data").get("runMetrics").get("series").get(0);
        series.get("steps").values().forEach(step -> steps.add(Long.valueOf(step.getStringValue())));
        return series.get("cursor").getStringValue();
    }

    private static String metrics(String id, RunId run, List<String> after) {
        String cursors = after.stream().map(cursor -> "\"" + cursor + "\"").collect(Collectors.joining(","));
        return "{\"id\":\"" + id + "\",\"type\":\"subscribe\",\"payload\":{\"query\":"
                + "\"subscription($runs: [ID!]!, $after: [String!]!) { runMetrics(runs: $runs, after: $after)"
                + " { series { runId key steps values cursor } } }\","
                + "\"variables\":{\"runs\":[\"" + globalId("run:" + run.value()) + "\"],\"after\":[" + cursors + "]}}}";
    }

    @Test
    void theFirstMessageIsNeverLost() throws Exception {
        for (int i = 0; i < 50; i++) {
            initialised().socket.abort();
        }
    }

    @Test
    void nothingMoreComesAfterTheClientHasCompleted() throws Exception {
        JobId job = newJob();
        Client client = initialised();
        client.send(follow("1", job));
        client.next("1");
        client.send("{\"id\":\"1\",\"type\":\"complete\"}");
        client.send("{\"type\":\"ping\"}");
        assertThat(client.receive().get("type").getStringValue()).isEqualTo("pong");
        move(job, JobState.RUNNING, 0.5, "half way");
        // The id is free again, and what is heard next belongs to the new operation alone.
        client.send("{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{ viewer { subject } }\"}}");
        assertThat(client.next("1").get("payload").get("data").get("viewer")).isNotNull();
        assertThat(client.receive().get("type").getStringValue()).isEqualTo("complete");
    }

    @Test
    void anUnknownJobIsAnError() throws Exception {
        Client client = initialised();
        client.send(follow("1", new JobId("f".repeat(32))));
        JsonNode error = client.receive();
        assertThat(error.get("type").getStringValue()).isEqualTo("error");
        assertThat(error.get("payload").get(0).get("extensions").get("code").getStringValue())
                .isEqualTo("job.unknown");
        client.send("{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{ nothing }\"}}");
        assertThat(client.receive()
                        .get("payload")
                        .get(0)
                        .get("extensions")
                        .get("code")
                        .getStringValue())
                .isEqualTo("graphql.validation");
    }

    @Test
    void moreOperationsThanAllowedAreRefusedOneByOne() throws Exception {
        Client client = initialised();
        for (String id : new String[] {"1", "2"}) {
            client.send(follow(id, newJob()));
            client.next(id);
        }
        client.send(follow("3", newJob()));
        JsonNode error = client.receive();
        assertThat(error.get("id").getStringValue()).isEqualTo("3");
        assertThat(error.get("payload").get(0).get("extensions").get("code").getStringValue())
                .isEqualTo("graphql.too-many-operations");
    }

    @Test
    void breachesOfTheProtocolCloseTheSocketWithTheirCodes() throws Exception {
        Client early = open("graphql-transport-ws");
        early.send(follow("1", newJob()));
        assertThat(early.closeCode()).isEqualTo(4401);

        Client twice = initialised();
        twice.send("{\"type\":\"connection_init\"}");
        assertThat(twice.closeCode()).isEqualTo(4429);

        Client nonsense = initialised();
        nonsense.send("hello");
        assertThat(nonsense.closeCode()).isEqualTo(4400);

        Client unknown = initialised();
        unknown.send("{\"type\":\"start\",\"id\":\"1\"}");
        assertThat(unknown.closeCode()).isEqualTo(4400);

        Client same = initialised();
        JobId job = newJob();
        same.send(follow("1", job));
        same.next("1");
        same.send(follow("1", job));
        assertThat(same.closeCode()).isEqualTo(4409);
    }

    @Test
    void aSocketThatIsNotInitialisedInTimeIsClosed() throws Exception {
        server.close();
        start("50ms");
        assertThat(open("graphql-transport-ws").closeCode()).isEqualTo(4408);
    }

    @Test
    void aPageOfAnotherSiteCanOpenNoSocket() {
        CompletableFuture<WebSocket> opening = server.client()
                .newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .header("Origin", "http://evil.example")
                .buildAsync(address(), new Client());
        assertThat(opening).failsWithin(java.time.Duration.ofSeconds(PATIENCE_SECONDS));
    }

    private JobId newJob() {
        return asWorker(() -> jobs.queued(EntityType.PROJECT, new ProjectId("a".repeat(32)), "preannotate")
                .id());
    }

    private void move(JobId job, JobState state, double fraction, String message) {
        asWorker(() -> {
            jobs.move(job, state, fraction, message);
            return job;
        });
    }

    private <T> T asWorker(Supplier<T> call) {
        return server.bean(Callers.class).callAs(Caller.service("worker", Workspace.DEFAULT), call);
    }

    private static JsonNode progress(JsonNode next) {
        return next.get("payload").get("data").get("jobProgress");
    }

    private static String follow(String id, JobId job) {
        return "{\"id\":\"" + id + "\",\"type\":\"subscribe\",\"payload\":{\"query\":"
                + "\"subscription($id: ID!) { jobProgress(id: $id) { state fraction message job { kind } } }\","
                + "\"variables\":{\"id\":\"" + globalId("job:" + job.value()) + "\"}}}";
    }

    private static String globalId(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Client initialised() throws Exception {
        Client client = open("graphql-transport-ws");
        client.send("{\"type\":\"connection_init\"}");
        assertThat(client.receive().get("type").getStringValue()).isEqualTo("connection_ack");
        return client;
    }

    private Client open(String protocol) throws Exception {
        Client client = new Client();
        client.socket = server.client()
                .newWebSocketBuilder()
                .subprotocols(protocol)
                .buildAsync(address(), client)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return client;
    }

    private URI address() {
        return URI.create(server.uri("/graphql-ws").toString().replace("http:", "ws:"));
    }

    /** Keeps what comes, in order. */
    private final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder partial = new StringBuilder();
        private WebSocket socket;

        void send(String text) throws Exception {
            socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        JsonNode receive() throws Exception {
            String text = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(text).as("a message; closed: " + closed).isNotNull();
            return server.tree(text);
        }

        JsonNode next(String id) throws Exception {
            JsonNode message = receive();
            assertThat(message.get("type").getStringValue())
                    .as(String.valueOf(message.getValue()))
                    .isEqualTo("next");
            assertThat(message.get("id").getStringValue()).isEqualTo(id);
            return message;
        }

        int closeCode() throws Exception {
            return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                received.add(partial.toString());
                partial.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }
    }
}
