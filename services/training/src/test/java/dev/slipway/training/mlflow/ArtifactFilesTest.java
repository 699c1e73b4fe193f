package dev.slipway.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Digest;
import dev.slipway.store.artifact.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MLflow's calls about files, over HTTP. */
@Timeout(120)
class ArtifactFilesTest {
    private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts";

    @TempDir
    private Path data;

    private final HttpClient client = HttpClient.newHttpClient();
    private final byte[] content = new byte[3_000_000];

    private MlflowServer server;

    @BeforeEach
    void open() {
        new Random(1).nextBytes(content);
        server = new MlflowServer(data);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.uri(FILES + "/" + path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> put(String path, byte[] bytes) throws IOException, InterruptedException {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    private List<Object> list(String path) {
        return server.get(FILES, "path", path).list("files");
    }

    @Test
    void aFileComesBackWholeInPartAndNotAtAll() throws Exception {
        assertThat(put("0/run/artifacts/model.bin", content).statusCode()).isEqualTo(200);

        HttpResponse<byte[]> whole = get("0/run/artifacts/model.bin");
        assertThat(whole.body()).isEqualTo(content);
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        assertThat(tag).isEqualTo('"' + Digest.of(content).hex() + '"');
        assertThat(whole.headers().firstValue("Content-Length")).contains("3000000");
        HttpResponse<byte[]> part = get("0/run/artifacts/model.bin", "Range", "bytes=1000000-1999999", "If-Range", tag);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 1_000_000, 2_000_000));
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 1000000-1999999/3000000");
        assertThat(get("0/run/artifacts/model.bin", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(get("0/run/artifacts/model.bin", "Range", "bytes=3000000-").statusCode())
                .isEqualTo(416);
        HttpResponse<byte[]> head =
                send(request("0/run/artifacts/model.bin").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.headers().firstValue("Content-Length")).contains("3000000");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aFileIsNeverShownAsAPage() throws Exception {
        put("page.html", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        put("gr%C3%B6%C3%9Fe%20%22x%22.svg", new byte[] {1});

        HttpResponse<byte[]> page = get("page.html");
        assertThat(page.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"page.html\"");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(get("gr%C3%B6%C3%9Fe%20%22x%22.svg").headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"groe x.svg\"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%22x%22.svg");
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        assertThat(put("a/empty", new byte[0]).statusCode()).isEqualTo(200);

        assertThat(get("a/empty").body()).isEmpty();
        assertThat(list("a")).containsExactly(Map.of("path", "empty", "is_dir", false, "file_size", 0));
    }

    @Test
    void aBodyThatBreaksOffLeavesNothing() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT " + FILES + "/a/broken HTTP/1.1\r\nHost: 127.0.0.1:"
                            + server.uri("/").getPort() + "\r\nContent-Length: 3000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(content, 0, 1_500_000);
            out.flush();
            awaitTemporaryFiles(1);
        }
        awaitTemporaryFiles(0);

        assertThat(get("a/broken").statusCode()).isEqualTo(404);
        assertThat(list("")).isEmpty();
        assertThat(server.process()
                        .bean(ArtifactStore.class)
                        .list(10, Optional.empty())
                        .items())
                .isEmpty();
    }

    private void awaitTemporaryFiles(int count) throws IOException, InterruptedException {
        while (true) {
            try (Stream<Path> files = Files.list(data.resolve("artifacts/tmp"))) {
                if (files.count() == count) {
                    return;
                }
            }
            Thread.sleep(5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "a/../../x",
                "%2e%2e/x",
                "a/%2E%2e/%2e./x",
                "%252e%252e%252fx",
                "..%2fx",
                "%2fetc/passwd",
                "/etc/passwd",
                "a%5c..%5cx",
                "C:%2fx",
                "C:/x",
                "file:/x",
                "a%00b",
                "a%0ab",
                "a%23b"
            })
    void aPathThatLeadsElsewhereIsRefused(String path) throws Exception {
        for (String method : List.of("GET", "PUT", "DELETE")) {
            String answer = raw(method, FILES + "/" + path);
            assertThat(answer).as(method).startsWith("HTTP/1.1 400").contains("INVALID_PARAMETER_VALUE");
        }
        assertThat(raw("GET", FILES + "?path=" + path)).startsWith("HTTP/1.1 400");
        assertThat(list("")).isEmpty();
    }

    /** Sends the path as it is, and returns the answer as text. */
    private String raw(String method, String path) throws IOException {
        int port = server.uri("/").getPort();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String length = method.equals("PUT") ? "Content-Length: 1\r\n" : "";
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + length
                                    + "Connection: close\r\n\r\n" + (length.isEmpty() ? "" : "x"))
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void ofFilesPutAtOneTimeOneIsThereWhole() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        List<byte[]> contents = new ArrayList<>();
        try {
            List<Future<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                byte[] bytes = Arrays.copyOf(content, 200_000 + i);
                contents.add(bytes);
                statuses.add(pool.submit(() -> put("a/b/same", bytes).statusCode()));
            }
            for (Future<Integer> status : statuses) {
                assertThat(status.get(100, TimeUnit.SECONDS)).isEqualTo(200);
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(contents).contains(get("a/b/same").body());
        assertThat(list("a/b")).hasSize(1);
    }

    @Test
    void aFileComesInParts() throws Exception {
        MlflowServer.Answer created = server.post(
                "/api/2.0/mlflow-artifacts/mpu/create/0/run", Map.of("path", "/home/me/model.bin", "num_parts", 3));
        String upload = created.text("upload_id");
        List<Map<String, Object>> parts = new ArrayList<>();
        for (int number : List.of(3, 1, 2, 1)) {
            String tag = putPart(created.text("credentials", number - 1, "url"), number);
            parts.removeIf(part -> part.get("part_number").equals(number));
            parts.add(Map.of("part_number", number, "etag", tag));
        }
        parts.sort((left, right) -> Integer.compare((int) left.get("part_number"), (int) right.get("part_number")));

        String complete = "/api/2.0/mlflow-artifacts/mpu/complete/0/run";
        Map<String, Object> wrong = Map.of("part_number", 1, "etag", "\"" + "0".repeat(64) + "\"");
        server.refused(
                "INVALID_PARAMETER_VALUE",
                complete,
                Map.of("path", "model.bin", "upload_id", upload, "parts", List.of(wrong)));
        assertThat(get("0/run/model.bin").statusCode()).isEqualTo(404);
        Map<String, Object> all = Map.of("path", "model.bin", "upload_id", upload, "parts", parts);
        server.post(complete, all);
        server.post(complete, all);

        assertThat(get("0/run/model.bin").body()).isEqualTo(content);
        assertThat(client.send(
                                HttpRequest.newBuilder(URI.create(created.text("credentials", 0, "url")))
                                        .PUT(HttpRequest.BodyPublishers.noBody())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("INVALID_STATE");
        server.post("/api/2.0/mlflow-artifacts/mpu/abort/0/run", Map.of("path", "model.bin", "upload_id", upload));
        assertThat(get("0/run/model.bin").body()).isEqualTo(content);
    }

    /** A third of the content. */
    private String putPart(String url, int number) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(
                                Arrays.copyOfRange(content, (number - 1) * 1_000_000, number * 1_000_000)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void partsThatWereNotAnnouncedAndUploadsThatWereGivenUpAreRefused() throws Exception {
        String create = "/api/2.0/mlflow-artifacts/mpu/create/0/run";
        server.refused("INVALID_PARAMETER_VALUE", create, Map.of("path", "x", "num_parts", 10_001));
        server.refused("INVALID_PARAMETER_VALUE", create, Map.of("path", "x", "num_parts", 0));
        server.refused("INVALID_PARAMETER_VALUE", create, Map.of("path", "a/..", "num_parts", 1));
        MlflowServer.Answer created = server.post(create, Map.of("path", "x", "num_parts", 1));
        String url = created.text("credentials", 0, "url");
        String tag = putPart(url, 1);
        HttpResponse<String> second = client.send(
                HttpRequest.newBuilder(URI.create(url.substring(0, url.length() - 1) + "2"))
                        .PUT(HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(second.statusCode()).isEqualTo(400);
        String upload = created.text("upload_id");
        server.post("/api/2.0/mlflow-artifacts/mpu/abort/0/run", Map.of("path", "x", "upload_id", upload));
        server.refused(
                "INVALID_STATE",
                "/api/2.0/mlflow-artifacts/mpu/complete/0/run",
                Map.of("path", "x", "upload_id", upload, "parts", List.of(Map.of("part_number", 1, "etag", tag))));
        server.refused(
                "RESOURCE_DOES_NOT_EXIST",
                "/api/2.0/mlflow-artifacts/mpu/abort/0/run",
                Map.of("path", "x", "upload_id", "none"));
    }

    @Test
    void anAddressToFetchPartsFromIsTold() throws Exception {
        put("a/%C3%A9%20x", content);

        MlflowServer.Answer told = server.get("/api/2.0/mlflow-artifacts/presigned/a/%C3%A9%20x");

        assertThat(told.at("file_size")).isEqualTo(content.length);
        HttpResponse<byte[]> part =
                send(HttpRequest.newBuilder(URI.create(told.text("url"))).header("Range", "bytes=0-9"));
        assertThat(part.body()).isEqualTo(Arrays.copyOf(content, 10));
    }

    @Test
    void artifactsOfARunAreFoundBelowIt() throws Exception {
        String run = server.post("runs/create", Map.of("experiment_id", "0")).text("run", "info", "run_id");
        put("0/" + run + "/artifacts/notes/hello.txt", "hello".getBytes(StandardCharsets.UTF_8));

        MlflowServer.Answer listed = server.get("artifacts/list", "run_id", run, "path", "notes");
        assertThat(listed.text("root_uri")).isEqualTo("mlflow-artifacts:/0/" + run + "/artifacts");
        assertThat(listed.list("files"))
                .containsExactly(Map.of("path", "notes/hello.txt", "is_dir", false, "file_size", 5));
        assertThat(server.text("/get-artifact?run_uuid=" + run + "&path=notes/hello.txt"))
                .isEqualTo("hello");
        server.refusedGet("INVALID_PARAMETER_VALUE", "artifacts/list", "run_id", run, "path", "../..");
        server.refusedGet("INVALID_PARAMETER_VALUE", "/get-artifact", "run_uuid", run, "path", "../../x");
        server.refusedGet("RESOURCE_DOES_NOT_EXIST", "/get-artifact", "run_uuid", "0".repeat(32), "path", "x");
    }
}
