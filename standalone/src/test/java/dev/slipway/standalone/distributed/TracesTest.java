package dev.slipway.standalone.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.kernel.Service;
import dev.slipway.standalone.contract.ServerProcess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway and a process of all services, which tell a receiver of OTLP what they do. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TracesTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A span, and the name of the process that told of it. */
    private record Told(String service, Span span) {
        String trace() {
            return HEX.formatHex(span.getTraceId().toByteArray());
        }

        String attribute(String key) {
            return span.getAttributesList().stream()
                    .filter(attribute -> attribute.getKey().equals(key))
                    .map(attribute -> attribute.getValue().hasIntValue()
                            ? Long.toString(attribute.getValue().getIntValue())
                            : attribute.getValue().getStringValue())
                    .findFirst()
                    .orElse("");
        }
    }

    private static final List<Told> TOLD = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder;

    private static HttpServer receiver;
    private static ServerProcess services;
    private static ServerProcess gateway;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/traces", exchange -> {
            ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            request.getResourceSpansList().forEach(TracesTest::take);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();

        Map<String, String> environment = new HashMap<>(Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + receiver.getAddress().getPort(),
                "OTEL_BSP_SCHEDULE_DELAY",
                "200",
                "SLIPWAY_SERVICE_TOKEN",
                "0123456789abcdef0123456789abcdef"));
        List<Service> all = Arrays.stream(Service.values())
                .filter(service -> service != Service.RUNTIME && service != Service.GATEWAY)
                .toList();
        services = ServerProcess.start(
                folder.resolve("data"),
                environment,
                all.stream().map(Service::wireName).toList(),
                0,
                "-Xmx512m");
        all.forEach(service -> environment.put(
                "SLIPWAY_" + service.name() + "_URL", services.uri().toString()));
        gateway = ServerProcess.start(
                folder.resolve("data"), environment, List.of(Service.GATEWAY.wireName()), 0, "-Xmx256m");
    }

    private static void take(ResourceSpans spans) {
        String service = spans.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
        spans.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .forEach(span -> TOLD.add(new Told(service, span)));
    }

    @AfterAll
    static void stop() {
        Stream.of(gateway, services).filter(process -> process != null).forEach(ServerProcess::close);
        receiver.stop(0);
    }

    @Test
    void anOperationIsOneTraceFromTheClientThroughTheGatewayToTheService() throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";

        int status = graphql(
                "{\"query\": \"query Everything { experiments(first: 1) { nodes { name } } }\"}",
                "traceparent",
                "00-" + trace + "-b7ad6b7169203331-01");

        assertThat(status).isEqualTo(200);
        Told asked = await(told -> told.trace().equals(trace)
                && told.service().equals("slipway-gateway")
                && told.span().getKind() == Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(HEX.formatHex(asked.span().getParentSpanId().toByteArray())).isEqualTo("b7ad6b7169203331");
        assertThat(asked.attribute("graphql.operation.name")).isEqualTo("Everything");
        assertThat(asked.span().getAttributesList().toString())
                .as("what was asked for is nobody's business")
                .doesNotContain("nodes");
        Told call = await(told -> told.trace().equals(trace)
                && told.service().equals("slipway-gateway")
                && told.span().getKind() == Span.SpanKind.SPAN_KIND_CLIENT);
        await(told -> told.trace().equals(trace)
                && told.service().equals("slipway")
                && told.span().getParentSpanId().equals(call.span().getSpanId()));
    }

    @Test
    void whatIsForwardedIsOneTrace() throws Exception {
        assertThat(get("/api/2.0/mlflow/experiments/get?experiment_id=0", "x-test", "1"))
                .isEqualTo(200);

        Told answered = await(told -> told.service().equals("slipway")
                && told.attribute("http.route").equals("/api/2.0/mlflow/experiments/get"));
        Told forwarded = await(told -> told.service().equals("slipway-gateway")
                && told.trace().equals(answered.trace())
                && told.span().getKind() == Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(forwarded.span().getParentSpanId().isEmpty()).isTrue();
    }

    @Test
    void whatIsRefusedIsInTracesButIsNoErrorOfTheServer() throws Exception {
        assertThat(get("/version", "origin", "https://elsewhere.example")).isEqualTo(403);

        Told refused = await(told -> told.attribute("http.response.status_code").equals("403"));
        assertThat(refused.span().getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
    }

    @Test
    void whatWatchesTheProcessIsNotTold() throws Exception {
        assertThat(get("/health/readiness", "x-test", "1")).isEqualTo(200);
        assertThat(get("/prometheus", "x-test", "1")).isEqualTo(200);
        assertThat(get("/version", "x-test", "1")).isEqualTo(200);

        await(told -> told.service().equals("slipway-gateway")
                && told.attribute("url.path").equals("/version"));
        assertThat(TOLD).noneMatch(told -> told.attribute("url.path").matches("/health.*|/prometheus"));
    }

    private static int graphql(String body, String header, String value) throws Exception {
        return send(HttpRequest.newBuilder(at("/graphql"))
                .header("content-type", "application/json")
                .header(header, value)
                .POST(BodyPublishers.ofString(body)));
    }

    private static int get(String path, String header, String value) throws Exception {
        return send(HttpRequest.newBuilder(at(path)).header(header, value));
    }

    private static URI at(String path) {
        return URI.create(gateway.uri() + path);
    }

    private static int send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static Told await(Predicate<Told> wanted) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < PATIENCE) {
            for (Told told : TOLD) {
                if (wanted.test(told)) {
                    return told;
                }
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
        throw new AssertionError("no such span among " + TOLD.size() + ":\n" + TOLD + gateway.output());
    }
}
