package dev.slipway.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.kernel.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests for services of other processes, which a plain HTTP server stands for that tells what it was sent. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ForwardingTest {
    private static final String SERVICE_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final byte[] FILE = new byte[3_000_000];

    private static final BlockingQueue<Seen> SEEN = new LinkedBlockingQueue<>();
    private static HttpServer registry;
    private static TestServer gateway;

    /** A request as the service got it; names of headers are in lower case. */
    record Seen(String method, String uri, Map<String, List<String>> headers, long length, Digest body) {
        String header(String name) {
            List<String> values = headers.get(name);
            return values == null ? null : String.join("|", values);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        new Random(1).nextBytes(FILE);
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.setExecutor(Executors.newCachedThreadPool());
        registry.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                Map<String, List<String>> headers = new TreeMap<>();
                exchange.getRequestHeaders()
                        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
                SEEN.add(new Seen(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        headers,
                        body.length,
                        Digest.of(body)));
                String path = exchange.getRequestURI().getPath();
                exchange.getResponseHeaders().set("ETag", "\"tag\"");
                exchange.getResponseHeaders().set("X-Request-Id", "of-the-service");
                if (path.endsWith("/file")) {
                    boolean head = exchange.getRequestMethod().equals("HEAD");
                    if (head) {
                        exchange.getResponseHeaders().set("Content-Length", Integer.toString(FILE.length));
                    }
                    exchange.sendResponseHeaders(200, head ? -1 : FILE.length);
                    if (!head) {
                        exchange.getResponseBody().write(FILE);
                    }
                } else if (path.endsWith("/part")) {
                    exchange.getResponseHeaders().set("Content-Range", "bytes 0-3/10");
                    exchange.sendResponseHeaders(206, 4);
                    exchange.getResponseBody().write("part".getBytes(UTF_8));
                } else if (path.endsWith("/chunks")) {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("in chunks".getBytes(UTF_8));
                } else if (path.endsWith("/unchanged")) {
                    exchange.sendResponseHeaders(304, -1);
                } else if (path.endsWith("/moved")) {
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    exchange.sendResponseHeaders(302, -1);
                } else {
                    byte[] problem = "{\"code\":\"of.the-service\"}".getBytes(UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
                    exchange.sendResponseHeaders(404, problem.length);
                    exchange.getResponseBody().write(problem);
                }
            }
        });
        registry.start();
        gateway = gateway("http://127.0.0.1:" + registry.getAddress().getPort());
    }

    private static TestServer gateway(String registryUrl) {
        return new TestServer(Map.of(
                "slipway.services.registry",
                false,
                "slipway.services.training",
                false,
                "slipway.services.lineage",
                false,
                "micronaut.http.services.registry.url",
                registryUrl,
                "slipway.service-token",
                SERVICE_TOKEN,
                "slipway.gateway.forward.read-timeout",
                "2s"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        registry.stop(0);
    }

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void aRequestArrivesAsItWasSentButForWhatIsAboutTheWay() throws Exception {
        String answer = raw(
                "{}",
                "POST /delivery/v1/models/a%20b?x=1&y=%2F HTTP/1.1",
                "Host: LOCALHOST:" + gateway.uri("/").getPort(),
                "Authorization: Bearer " + SERVICE_TOKEN,
                "Idempotency-Key: 17",
                "Accept: application/json",
                "X-Slipway-Workspace: default",
                "X-Request-Id: asked-1",
                "X-Forwarded-For: 10.9.8.7",
                "X-Forwarded-Proto: https",
                "Forwarded: for=10.9.8.7",
                "X-Slipway-Gateway: guessed",
                "X-Slipway-Caller: default admin boss",
                "Connection: X-Of-The-Connection",
                "Connection: close",
                "X-Of-The-Connection: 1",
                "TE: trailers",
                "Content-Type: application/json",
                "Content-Length: 2");

        assertThat(answer).startsWith("HTTP/1.1 404").contains("of.the-service");
        assertThat(answer).containsOnlyOnce("asked-1").doesNotContain("of-the-service\r\n");
        Seen seen = SEEN.take();
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.uri()).isEqualTo("/delivery/v1/models/a%20b?x=1&y=%2F");
        assertThat(seen.body()).isEqualTo(Digest.of("{}".getBytes(UTF_8)));
        assertThat(seen.header("host"))
                .isEqualTo("127.0.0.1:" + registry.getAddress().getPort());
        assertThat(seen.header("authorization")).isEqualTo("Bearer " + SERVICE_TOKEN);
        assertThat(seen.header("idempotency-key")).isEqualTo("17");
        assertThat(seen.header("accept")).isEqualTo("application/json");
        assertThat(seen.header("content-type")).isEqualTo("application/json");
        assertThat(seen.header("x-slipway-workspace")).isEqualTo("default");
        assertThat(seen.header("x-request-id")).isEqualTo("asked-1");
        assertThat(seen.header("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(seen.header("x-forwarded-proto")).isEqualTo("http");
        assertThat(seen.header("x-forwarded-host"))
                .isEqualTo("LOCALHOST:" + gateway.uri("/").getPort());
        assertThat(seen.header("x-slipway-gateway")).isEqualTo(SERVICE_TOKEN);
        assertThat(seen.headers())
                .doesNotContainKeys("forwarded", "x-slipway-caller", "x-of-the-connection", "te", "origin");
    }

    @Test
    void whatAnAnswerSaysOfItselfIsKept() throws Exception {
        HttpResponse<byte[]> file = get("/delivery/v1/file");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(Digest.of(file.body())).isEqualTo(Digest.of(FILE));
        assertThat(file.headers().firstValueAsLong("Content-Length")).hasValue(FILE.length);
        assertThat(file.headers().allValues("ETag")).containsExactly("\"tag\"");
        assertThat(file.headers().allValues("Date")).hasSize(1);

        HttpResponse<byte[]> part = get("/delivery/v1/part", "Range", "bytes=0-3");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 0-3/10");
        assertThat(part.body()).asString(UTF_8).isEqualTo("part");

        HttpResponse<byte[]> unchanged = get("/delivery/v1/unchanged", "If-None-Match", "\"tag\"");
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.headers().firstValue("ETag")).hasValue("\"tag\"");

        assertThat(get("/delivery/v1/chunks").body()).asString(UTF_8).isEqualTo("in chunks");

        HttpResponse<byte[]> moved = get("/delivery/v1/moved");
        assertThat(moved.statusCode()).isEqualTo(302);
        assertThat(moved.headers().firstValue("Location")).hasValue("/elsewhere");

        HttpResponse<byte[]> unknown = get("/delivery/v1/nothing");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).asString(UTF_8).isEqualTo("{\"code\":\"of.the-service\"}");
        assertThat(unknown.headers().firstValue("Content-Type")).hasValue("application/problem+json");

        assertThat(SEEN.stream().map(Seen::uri))
                .containsExactly(
                        "/delivery/v1/file",
                        "/delivery/v1/part",
                        "/delivery/v1/unchanged",
                        "/delivery/v1/chunks",
                        "/delivery/v1/moved",
                        "/delivery/v1/nothing");
    }

    @Test
    void headTellsTheLengthAndSendsNothing() throws Exception {
        HttpResponse<byte[]> head = gateway.client()
                .send(
                        HttpRequest.newBuilder(gateway.uri("/delivery/v1/file"))
                                .method("HEAD", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofByteArray());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(FILE.length);
        assertThat(head.body()).isEmpty();
        assertThat(SEEN.take().method()).isEqualTo("HEAD");
    }

    @Test
    void bodiesArriveWhole() throws Exception {
        for (boolean lengthKnown : new boolean[] {true, false}) {
            HttpResponse<byte[]> answer = gateway.client()
                    .send(
                            HttpRequest.newBuilder(gateway.uri("/delivery/v1/file"))
                                    .header("Content-Type", "application/octet-stream")
                                    .PUT(
                                            lengthKnown
                                                    ? BodyPublishers.ofByteArray(FILE)
                                                    : BodyPublishers.ofInputStream(
                                                            () -> new ByteArrayInputStream(FILE)))
                                    .build(),
                            BodyHandlers.ofByteArray());

            assertThat(answer.statusCode()).isEqualTo(200);
            Seen seen = SEEN.take();
            assertThat(seen.method()).isEqualTo("PUT");
            assertThat(seen.length()).isEqualTo(FILE.length);
            assertThat(seen.body()).isEqualTo(Digest.of(FILE));
        }
    }

    @Test
    void theGatewayLooksAtARequestFirst() throws Exception {
        assertThat(get("/delivery/v1/file", "Origin", "http://evil.example").body())
                .asString(UTF_8)
                .contains("origin.foreign");
        assertThat(raw("", "GET /delivery/v1/file HTTP/1.1", "Host: evil.example", "Connection: close"))
                .contains("host.unknown");
        assertThat(raw(
                        "x",
                        "POST /delivery/v1/file HTTP/1.1",
                        "Host: localhost",
                        "Connection: close",
                        "Content-Type: text/plain",
                        "Content-Length: 1"))
                .contains("request.content-type");
        assertThat(raw(
                        "",
                        "GET /delivery/v1/../../internal/v1/tokens HTTP/1.1",
                        "Host: localhost",
                        "Connection: close"))
                .contains("route.unknown");
        assertThat(get("/internal/v1/registry/models").body()).asString(UTF_8).contains("internal.closed");
        assertThat(get("/internal/v1/registry/models", "Authorization", "Bearer " + SERVICE_TOKEN)
                        .statusCode())
                .as("with the service token it reaches this process, but never another one")
                .isEqualTo(410);
        assertThat(SEEN).isEmpty();
    }

    @Test
    void aServiceWithoutAnAddressIsNamed() throws Exception {
        HttpResponse<byte[]> answer = get("/api/v1/lineage");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).asString(UTF_8).contains("service.unconfigured", "SLIPWAY_LINEAGE_URL");
    }

    @Test
    void aServiceThatIsAwayIsUnavailable() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (TestServer lonely = gateway("http://127.0.0.1:" + port)) {
            unavailable(lonely, HttpRequest.newBuilder(lonely.uri("/delivery/v1/keys")));
            unavailable(
                    lonely,
                    HttpRequest.newBuilder(lonely.uri("/delivery/v1/keys"))
                            .header("Content-Type", "application/octet-stream")
                            .POST(BodyPublishers.ofByteArray(FILE)));
        }
    }

    @Test
    void aServiceThatSaysNothingIsUnavailableAfterAWhile() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestServer patient = gateway("http://127.0.0.1:" + silent.getLocalPort())) {
            unavailable(patient, HttpRequest.newBuilder(patient.uri("/delivery/v1/keys")));
        }
    }

    private static void unavailable(TestServer server, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = server.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"service.unreachable\"", "registry");
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return gateway.client().send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Sends what no client would, and returns all of the answer. */
    private static String raw(String body, String... head) throws IOException {
        URI uri = gateway.uri("/");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((String.join("\r\n", head) + "\r\n\r\n" + body).getBytes(UTF_8));
            out.flush();
            socket.setSoTimeout(60_000);
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
