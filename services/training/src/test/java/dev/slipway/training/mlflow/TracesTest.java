package dev.slipway.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces over HTTP, as MLflow's and OpenTelemetry's clients send them. */
class TracesTest {
    private static final String TRACES = "/api/3.0/mlflow/traces";
    private static final long SECOND = 1_000_000_000;
    private static final AtomicInteger NEXT = new AtomicInteger(1);

    @TempDir
    static Path data;

    private static MlflowServer server;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        server = new MlflowServer(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String newExperiment() {
        return server.post("experiments/create", Map.of("name", "traces-" + NEXT.incrementAndGet()))
                .text("experiment_id");
    }

    private static String newTrace() {
        return HexFormat.of().toHexDigits(System.nanoTime())
                + HexFormat.of().toHexDigits((long) NEXT.incrementAndGet());
    }

    private static ByteString bytes(String hexadecimal) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hexadecimal));
    }

    private static ByteString id(long number) {
        return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
    }

    /** @param parent 0 for none */
    private static Span.Builder span(String trace, long id, long parent) {
        return Span.newBuilder()
                .setTraceId(bytes(trace))
                .setSpanId(id(id))
                .setParentSpanId(parent == 0 ? ByteString.EMPTY : id(parent))
                .setName("span " + id)
                .setStartTimeUnixNano(1_700_000_000 * SECOND + id)
                .setEndTimeUnixNano(1_700_000_001 * SECOND);
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static byte[] request(Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    private static int export(String experiment, byte[] body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/v1/traces"))
                .header("x-mlflow-experiment-id", experiment)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length == 0) {
            request.header("Content-Type", "application/x-protobuf");
        } else {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static List<Object> spans(String trace) {
        return server.get(TRACES + "/get", "trace_id", "tr-" + trace, "allow_partial", "true")
                .list("trace", "spans");
    }

    private static Map<String, Object> info(String experiment, String trace) {
        return new HashMap<>(Map.of(
                "trace_id",
                "tr-" + trace,
                "trace_location",
                Map.of("type", "MLFLOW_EXPERIMENT", "mlflow_experiment", Map.of("experiment_id", experiment)),
                "request_time",
                "2023-11-14T22:13:20.123Z",
                "execution_duration",
                "0.005s",
                "state",
                "OK"));
    }

    private static Map<String, ?> told(Map<String, Object> info) {
        return Map.of("trace", Map.of("trace_info", info));
    }

    private static List<String> found(String experiment, String filter) {
        return server
                .post(
                        TRACES + "/search",
                        Map.of(
                                "locations",
                                List.of(Map.of("mlflow_experiment", Map.of("experiment_id", experiment))),
                                "filter",
                                filter))
                .list("traces")
                .stream()
                .map(trace -> ((Map<?, ?>) trace).get("trace_id").toString().substring(3))
                .toList();
    }

    @Test
    void ofSpansThatManyLogToOneTraceNoneIsLost() throws InterruptedException, ExecutionException {
        String experiment = newExperiment();
        String trace = newTrace();
        int loggers = 8;
        int each = 12;
        ExecutorService threads = Executors.newFixedThreadPool(loggers);
        try {
            List<Callable<List<Integer>>> work = new ArrayList<>();
            for (int logger = 0; logger < loggers; logger++) {
                int first = logger * each;
                work.add(() -> IntStream.range(first, first + each)
                        .mapToObj(number -> export(experiment, request(span(trace, number + 2L, 1))))
                        .toList());
            }
            for (Future<List<Integer>> answers : threads.invokeAll(work, 120, TimeUnit.SECONDS)) {
                assertThat(answers.get()).containsOnly(200);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(spans(trace)).hasSize(loggers * each);
        assertThat(found(experiment, "status = 'IN_PROGRESS'")).containsExactly(trace);
        assertThat(export(experiment, request(span(trace, 1, 0)))).isEqualTo(200);
        assertThat(spans(trace)).hasSize(loggers * each + 1);
        assertThat(found(experiment, "status = 'OK' AND name = 'span 1'")).containsExactly(trace);
    }

    @Test
    void aSpanThatComesAgainReplacesTheFormerOne() {
        String experiment = newExperiment();
        String trace = newTrace();
        byte[] first = request(span(trace, 1, 0).setName("first"), span(trace, 2, 1));
        assertThat(export(experiment, first)).isEqualTo(200);
        assertThat(export(experiment, first)).isEqualTo(200);
        assertThat(export(experiment, request(span(trace, 1, 0).setName("second"))))
                .isEqualTo(200);
        assertThat(spans(trace))
                .extracting(span -> (Object) ((Map<?, ?>) span).get("name"))
                .containsExactly("second", "span 2");
    }

    @Test
    void whatTheApplicationTellsStaysWhenSpansComeLater() {
        String experiment = newExperiment();
        String trace = newTrace();
        Map<String, Object> info = info(experiment, trace);
        info.put("tags", Map.of("mlflow.traceName", "told"));
        server.post(TRACES, told(info));
        assertThat(export(experiment, request(span(trace, 1, 0)))).isEqualTo(200);
        MlflowServer.Answer answer = server.get(TRACES + "/tr-" + trace);
        assertThat(answer.text("trace", "trace_info", "request_time")).isEqualTo("2023-11-14T22:13:20.123Z");
        assertThat(answer.text("trace", "trace_info", "execution_duration")).isEqualTo("0.005s");
        assertThat(answer.text("trace", "trace_info", "tags", "mlflow.traceName"))
                .isEqualTo("told");
    }

    @Test
    void tokensAreCountedOnceWhenASpanSpeaksForThoseBelowIt() {
        String experiment = newExperiment();
        String trace = newTrace();
        String usage = "{\"input_tokens\": 10, \"output_tokens\": 5, \"total_tokens\": 15}";
        export(experiment, request(span(trace, 2, 1).addAttributes(attribute("mlflow.chat.tokenUsage", usage))));
        export(experiment, request(span(trace, 3, 4).addAttributes(attribute("mlflow.chat.tokenUsage", usage))));
        export(experiment, request(span(trace, 1, 0).addAttributes(attribute("mlflow.chat.tokenUsage", usage))));
        export(
                experiment,
                request(span(trace, 4, 0)
                        .addAttributes(KeyValue.newBuilder()
                                .setKey("gen_ai.usage.input_tokens")
                                .setValue(AnyValue.newBuilder().setIntValue(7)))));
        assertThat(server.get(TRACES + "/tr-" + trace)
                        .text("trace", "trace_info", "trace_metadata", "mlflow.trace.tokenUsage"))
                .isEqualTo("{\"input_tokens\": 17, \"output_tokens\": 5, \"total_tokens\": 22}");
    }

    @Test
    void aDeletedTraceLeavesNothingAndItsIdIsFreeAgain() {
        String experiment = newExperiment();
        String trace = newTrace();
        assertThat(export(experiment, request(span(trace, 1, 0)))).isEqualTo(200);
        Map<String, Object> request =
                Map.of("experiment_id", experiment, "request_ids", List.of("tr-" + trace, "tr-" + newTrace(), "x"));
        assertThat(server.post("traces/delete-traces", request).at("traces_deleted"))
                .isEqualTo(1);
        assertThat(server.post("traces/delete-traces", request).at("traces_deleted"))
                .isEqualTo(0);
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", TRACES + "/tr-" + trace);
        assertThat(found(experiment, "")).isEmpty();
        assertThat(export(experiment, request(span(trace, 2, 0)))).isEqualTo(200);
        assertThat(spans(trace)).hasSize(1);
        assertThat(found(experiment, "name = 'span 2'")).containsExactly(trace);
    }

    @Test
    void promptsAreLinkedOnceAndAnyTagIsBorne() {
        String experiment = newExperiment();
        String trace = newTrace();
        server.post(TRACES, told(info(experiment, trace)));
        Map<String, Object> link = Map.of(
                "trace_id",
                "tr-" + trace,
                "prompt_versions",
                List.of(Map.of("name", "greet ä", "version", "2"), Map.of("name", "ask", "version", "1")));
        server.post("traces/link-prompts", link);
        server.post("traces/link-prompts", link);
        assertThat(found(experiment, "prompt = 'greet ä/2'")).containsExactly(trace);
        assertThat(found(experiment, "prompt = 'greet ä/1'")).isEmpty();
        assertThat(server.get(TRACES + "/tr-" + trace).text("trace", "trace_info", "tags", "mlflow.linkedPrompts"))
                .containsOnlyOnce("ask");
        for (String tag : List.of("[", "{}", "[7, {\"name\": 1}, {\"name\": \"x\"}]", "\u0000")) {
            assertThat(server.sendText(
                                    "PATCH",
                                    TRACES + "/tr-" + trace + "/tags",
                                    "{\"key\": \"mlflow.linkedPrompts\", \"value\": " + quoted(tag) + "}")
                            .status())
                    .isEqualTo(200);
            assertThat(found(experiment, "prompt = 'ask/1'")).isEmpty();
        }
        for (Map<String, String> wrong : List.of(
                Map.of("name", "ask", "version", "x"), Map.of("name", " ", "version", "1"), Map.of("name", "a"))) {
            server.refused(
                    "INVALID_PARAMETER_VALUE",
                    "traces/link-prompts",
                    Map.of("trace_id", "tr-" + trace, "prompt_versions", List.of(wrong)));
        }
        server.refused(
                "INVALID_PARAMETER_VALUE",
                "traces/link-prompts",
                Map.of(
                        "trace_id",
                        "tr-" + trace,
                        "prompt_versions",
                        List.of(Map.of("name", "n".repeat(9000), "version", "1"))));
        server.refused(
                "RESOURCE_DOES_NOT_EXIST",
                "traces/link-prompts",
                Map.of(
                        "trace_id",
                        "tr-" + newTrace(),
                        "prompt_versions",
                        List.of(Map.of("name", "a", "version", "1"))));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0000", "\\u0000") + "\"";
    }

    @Test
    void pagesOfWhatSpansFindHaveEachTraceOnce() {
        String experiment = newExperiment();
        List<String> wanted = new ArrayList<>();
        for (int number = 0; number < 250; number++) {
            String trace = newTrace();
            boolean right = number % 3 == 0;
            Span.Builder child = span(trace, 2, 1).setName(right ? "right" : "wrong");
            child.addAttributes(attribute("colour", right ? "\"dark \\\"blue\"" : "green"));
            assertThat(export(experiment, request(span(trace, 1, 0), child))).isEqualTo(200);
            if (right) {
                wanted.add(trace);
            }
        }
        for (int limit : List.of(1, 7, 84, 500)) {
            List<String> seen = new ArrayList<>();
            String token = "";
            do {
                MlflowServer.Answer page = server.post(
                        TRACES + "/search",
                        Map.of(
                                "locations",
                                List.of(Map.of("mlflow_experiment", Map.of("experiment_id", experiment))),
                                "filter",
                                "span.name = 'right' AND span.attributes.colour = 'dark \"blue'",
                                "max_results",
                                limit,
                                "page_token",
                                token));
                assertThat(page.list("traces")).hasSizeLessThanOrEqualTo(limit);
                page.list("traces")
                        .forEach(trace -> seen.add(
                                ((Map<?, ?>) trace).get("trace_id").toString().substring(3)));
                token = page.at("next_page_token") == null ? "" : page.text("next_page_token");
            } while (!token.isEmpty());
            assertThat(seen).as("pages of " + limit).containsExactlyInAnyOrderElementsOf(wanted);
        }
    }

    @Test
    void wrongRequestsAreRefused() {
        String experiment = newExperiment();
        String trace = newTrace();
        Map<String, Object> wrongId = info(experiment, trace);
        wrongId.put("trace_id", "tr-7");
        server.refused("INVALID_PARAMETER_VALUE", TRACES, told(wrongId));
        for (String time : List.of("yesterday", "1969-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z")) {
            Map<String, Object> wrong = info(experiment, trace);
            wrong.put("request_time", time);
            if (!time.startsWith("+")) {
                server.refused("INVALID_PARAMETER_VALUE", TRACES, told(wrong));
            }
        }
        for (String duration : List.of("5", "1e9s", "9999999999999999999s")) {
            Map<String, Object> wrong = info(experiment, trace);
            wrong.put("execution_duration", duration);
            server.refused("INVALID_PARAMETER_VALUE", TRACES, told(wrong));
        }
        Map<String, Object> wrongState = info(experiment, trace);
        wrongState.put("state", "FINE");
        server.refused("INVALID_PARAMETER_VALUE", TRACES, told(wrongState));
        Map<String, Object> elsewhere = info("0123456789abcdef0123456789abcdef", trace);
        server.refused("RESOURCE_DOES_NOT_EXIST", TRACES, told(elsewhere));
        server.refused("INVALID_PARAMETER_VALUE", TRACES, Map.of());
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", TRACES + "/tr-" + trace);
        server.refusedGet("INVALID_PARAMETER_VALUE", TRACES + "/get");
        server.refused(
                "RESOURCE_DOES_NOT_EXIST",
                "traces/link-to-run",
                Map.of("trace_ids", List.of("tr-" + trace), "run_id", trace));
        server.refused("INVALID_PARAMETER_VALUE", "traces/delete-traces", Map.of("experiment_id", experiment));
        assertThat(server.sendText(TRACES, "[".repeat(5000)).status()).isEqualTo(400);
    }

    @Test
    void hostileExportsAreRefusedAndLeaveNothing() throws IOException {
        String experiment = newExperiment();
        String trace = newTrace();
        assertThat(export(experiment, request(span(trace, 1, 0), span(trace, 0, 1))))
                .isEqualTo(400);
        assertThat(export(experiment, request(span("00".repeat(16), 1, 0)))).isEqualTo(400);
        assertThat(export(experiment, request(span(trace, 1, 0).setTraceId(bytes("abcd")))))
                .isEqualTo(400);
        assertThat(export(experiment, new byte[] {1, 2, 3, -1})).isEqualTo(400);
        assertThat(export("none", request(span(trace, 1, 0)))).isEqualTo(404);
        AnyValue deep = AnyValue.newBuilder().setBoolValue(true).build();
        for (int level = 0; level < 200; level++) {
            deep = AnyValue.newBuilder()
                    .setKvlistValue(KeyValueList.newBuilder()
                            .addValues(KeyValue.newBuilder().setKey("k").setValue(deep)))
                    .build();
        }
        byte[] nested = request(span(trace, 1, 0)
                .addAttributes(KeyValue.newBuilder().setKey("deep").setValue(deep)));
        assertThat(export(experiment, nested)).isEqualTo(400);
        for (String json : List.of(
                "{\"resourceSpans\":" + "[".repeat(100_000),
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"zz\"}]}]}]}",
                "7",
                "")) {
            assertThat(export(experiment, json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json"))
                    .as(json.substring(0, Math.min(json.length(), 50)))
                    .isEqualTo(400);
        }
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1024 * 1024];
            for (int mebibyte = 0; mebibyte < 200; mebibyte++) {
                out.write(zeros);
            }
        }
        assertThat(export(
                        experiment,
                        bomb.toByteArray(),
                        "Content-Type",
                        "application/x-protobuf",
                        "Content-Encoding",
                        "gzip"))
                .isBetween(400, 499);
        assertThat(found(experiment, "")).isEmpty();
    }

    @Test
    void aHugeAttributeIsKeptButNotShownWhole() {
        String experiment = newExperiment();
        String trace = newTrace();
        Span.Builder span = span(trace, 1, 0)
                .addAttributes(attribute("mlflow.spanInputs", "x".repeat(3_000_000)))
                .addAttributes(attribute("mlflow.traceTag.big", "y".repeat(20_000)));
        assertThat(export(experiment, request(span))).isEqualTo(200);
        MlflowServer.Answer answer = server.get(TRACES + "/tr-" + trace);
        assertThat(answer.text("trace", "trace_info", "request_preview")).hasSize(10_000);
        assertThat(answer.text("trace", "trace_info", "tags", "big")).hasSize(8_000);
        assertThat(spans(trace)).hasSize(1);
    }

    @Test
    void assessmentsAreBounded() {
        String experiment = newExperiment();
        String trace = newTrace();
        server.post(TRACES, told(info(experiment, trace)));
        String place = TRACES + "/tr-" + trace + "/assessments";
        server.refused("INVALID_PARAMETER_VALUE", place, Map.of("assessment", Map.of("assessment_name", "n")));
        server.refused(
                "INVALID_PARAMETER_VALUE",
                place,
                Map.of("assessment", Map.of("assessment_name", "n", "feedback", Map.of("value", "v".repeat(70_000)))));
        server.refused(
                "RESOURCE_DOES_NOT_EXIST",
                place,
                Map.of(
                        "assessment",
                        Map.of("assessment_name", "n", "feedback", Map.of("value", 1), "overrides", "a-1")));
        for (int i = 0; i < 3; i++) {
            server.post(place, Map.of("assessment", Map.of("assessment_name", "n", "feedback", Map.of("value", i))));
        }
        assertThat(server.get(TRACES + "/tr-" + trace).list("trace", "trace_info", "assessments"))
                .hasSize(3);
        assertThat(found(experiment, "feedback.n = '1'")).isEmpty();
        assertThat(found(experiment, "feedback.n >= 2")).containsExactly(trace);
        server.refused(
                "INVALID_PARAMETER_VALUE", TRACES + "/search", Map.of("locations", List.of(Map.of()), "filter", "x"));
    }
}
