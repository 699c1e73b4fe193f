package dev.slipway.standalone.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.standalone.contract.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts of 1 GiB through a gateway with a heap of 128 MB, to and from a service that a plain HTTP server stands for. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LargeBodiesTest {
    private static final int BLOCK = 1 << 20;
    private static final int BLOCKS = 1024;
    private static final long SIZE = (long) BLOCK * BLOCKS;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path folder;

    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(threads);
        service.createContext("/", LargeBodiesTest::serve);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
        threads.shutdownNow();
    }

    private static void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("PUT")) {
                String seen = summary(exchange.getRequestBody());
                exchange.sendResponseHeaders(200, seen.length());
                exchange.getResponseBody().write(seen.getBytes(StandardCharsets.US_ASCII));
            } else {
                exchange.sendResponseHeaders(200, SIZE);
                try (InputStream bytes = new Blocks()) {
                    bytes.transferTo(exchange.getResponseBody());
                }
            }
        }
    }

    @Test
    void streamThroughBothWays() throws Exception {
        Map<String, String> environment = Map.of(
                "SLIPWAY_SERVICE_TOKEN",
                "0123456789abcdef0123456789abcdef",
                "SLIPWAY_TRAINING_URL",
                "http://127.0.0.1:" + service.getAddress().getPort());
        String expected = summary(new Blocks());
        HttpClient client = HttpClient.newHttpClient();
        try (ServerProcess gateway =
                ServerProcess.start(folder.resolve("data"), environment, List.of("gateway"), 0, "-Xmx128m")) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(gateway.uri().resolve("/api/2.0/mlflow-artifacts/artifacts/1/model.onnx"));

            HttpResponse<InputStream> got = client.send(request.build(), BodyHandlers.ofInputStream());
            assertThat(got.headers().firstValueAsLong("Content-Length")).hasValue(SIZE);
            try (InputStream body = got.body()) {
                assertThat(summary(body)).as("downloaded").isEqualTo(expected);
            }

            HttpResponse<String> put = client.send(
                    request.header("Content-Type", "application/octet-stream")
                            .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(Blocks::new), SIZE))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
            assertThat(put.body()).as("uploaded").isEqualTo(expected);
            assertThat(gateway.isAlive()).isTrue();
            assertThat(gateway.output()).doesNotContain("OutOfMemory", "ERROR");
        }
    }

    private static String summary(InputStream bytes) throws IOException {
        CRC32 checksum = new CRC32();
        long[] size = new long[1];
        bytes.transferTo(new OutputStream() {
            @Override
            public void write(int value) {
                checksum.update(value);
                size[0]++;
            }

            @Override
            public void write(byte[] buffer, int offset, int length) {
                checksum.update(buffer, offset, length);
                size[0] += length;
            }
        });
        return size[0] + " bytes, " + Long.toHexString(checksum.getValue());
    }

    /** Bytes that differ from block to block, made as they are read. */
    private static final class Blocks extends InputStream {
        private long position;

        @Override
        public int read() {
            return position == SIZE ? -1 : valueAt(position++);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position == SIZE) {
                return -1;
            }
            int count = (int) Math.min(length, SIZE - position);
            for (int i = 0; i < count; i++) {
                buffer[offset + i] = (byte) valueAt(position + i);
            }
            position += count;
            return count;
        }

        private static int valueAt(long position) {
            return (int) (position * 31 + position / BLOCK) & 0xff;
        }
    }
}
