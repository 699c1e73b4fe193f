package dev.slipway.standalone.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.Digest;
import dev.slipway.s3.server.S3ServerProcess;
import dev.slipway.standalone.contract.ServerProcess;
import dev.slipway.standalone.stores.StoreSettings;
import dev.slipway.standalone.stores.Stores;
import dev.slipway.store.artifact.Artifact;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store whose server is away when a process starts, or goes away later. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StoreAwayTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private S3ServerProcess s3;

    @BeforeEach
    void start() {
        s3 = S3ServerProcess.start(folder.resolve("s3"));
    }

    @AfterEach
    void stop() {
        s3.close();
    }

    @Test
    void aServerStartsWithoutItIsNotReadyAndRecovers() throws Exception {
        s3.kill();
        try (ServerProcess server = ServerProcess.start(data(), environment(), List.of(), 0, "-Xmx256m")) {
            assertThat(get(server, "/health/liveness").statusCode()).isEqualTo(200);
            HttpResponse<String> readiness = get(server, "/health/readiness");
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains("artifactStore", "store.unreachable", "\"graphStore\"");
            assertThat(server.output()).contains("S3 at " + s3.endpoint(), "can't be reached (attempt 1)");

            s3.restart();
            awaitReadiness(server, 200);
            assertThat(server.output()).contains("is connected");

            s3.kill();
            awaitReadiness(server, 503);
            s3.restart();
            awaitReadiness(server, 200);
        }
    }

    /** Nothing in a process may need its stores before it listens, and nothing may flood the log without them. */
    @Test
    void aServerStartsWithoutAnyOfThem() throws Exception {
        s3.kill();
        Map<String, String> environment = new HashMap<>(environment());
        // Port 1 of loopback: nothing listens there.
        environment.put("SLIPWAY_ARANGODB_URL", "http://127.0.0.1:1");
        environment.put("SLIPWAY_CASSANDRA_CONTACT_POINTS", "127.0.0.1:1");
        environment.put("SLIPWAY_CASSANDRA_DATACENTER", "datacenter1");
        try (ServerProcess server = ServerProcess.start(data(), environment, List.of(), 0, "-Xmx256m")) {
            assertThat(get(server, "/health/liveness").statusCode()).isEqualTo(200);
            // By then, every loop of the process has looked for its store several times.
            while (server.output().split("ArangoDB slipway at .* can't be reached").length < 5) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            HttpResponse<String> readiness = get(server, "/health/readiness");
            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body()).contains("graphStore", "metricStore", "artifactStore", "store.unreachable");
            assertThat(get(server, "/delivery/v1/models/digits/channels/production/manifest"))
                    .satisfies(answer -> {
                        assertThat(answer.statusCode()).isEqualTo(503);
                        assertThat(answer.body()).contains("store.unreachable");
                    });
            assertThat(server.output().lines().count()).as(server.output()).isLessThan(100);
        }
        assertThat(data()).as("no embedded store was made").doesNotExist();
    }

    @Test
    void callsMeanwhileAreUnavailableAndWorkLater() {
        s3.kill();
        try (Stores stores = Stores.connect(settings(), InstantSource.system(), refusal -> {
            throw new AssertionError(refusal);
        })) {
            assertThatThrownBy(() -> stores.artifacts().size(Digest.of(new byte[0])))
                    .extracting("kind", "code")
                    .asString()
                    .isEqualTo("[UNAVAILABLE, store.unreachable]");
            // The other stores are embedded, and there.
            assertThat(stores.graph().lastEventPosition()).isZero();

            s3.restart();

            Artifact put = Again.until(() -> stores.artifacts().put("bytes".getBytes(StandardCharsets.UTF_8)));
            assertThat(stores.artifacts().read(put.digest(), 10))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("bytes");
        }
    }

    @Test
    void aCommandHasNothingToDoWithoutIt() {
        s3.kill();

        assertThatThrownBy(() -> Stores.open(settings(), InstantSource.system()))
                .extracting("kind")
                .asString()
                .isEqualTo("UNAVAILABLE");
    }

    @Test
    void aWrongSecretEndsTheProcess() {
        Map<String, String> wrong = new HashMap<>(environment());
        wrong.put("SLIPWAY_S3_SECRET_KEY", "another secret");

        assertThatThrownBy(() -> ServerProcess.start(data(), wrong, List.of(), 0, "-Xmx256m"))
                .hasMessageContaining("store.credentials");
    }

    @Test
    void aWrongSettingEndsTheProcessAndIsNamed() {
        Map<String, String> wrong = new HashMap<>(environment());
        wrong.remove("SLIPWAY_S3_BUCKET");

        assertThatThrownBy(() -> ServerProcess.start(data(), wrong, List.of(), 0, "-Xmx256m"))
                .hasMessageContaining("store.setting")
                .hasMessageContaining("SLIPWAY_S3_BUCKET");
    }

    private void awaitReadiness(ServerProcess server, int status) throws Exception {
        while (get(server, "/health/readiness").statusCode() != status) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private HttpResponse<String> get(ServerProcess server, String path) throws Exception {
        URI uri = server.uri().resolve(path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private Path data() {
        return folder.resolve("data");
    }

    private StoreSettings settings() {
        return StoreSettings.ofEnvironment(data(), environment());
    }

    private Map<String, String> environment() {
        return Map.of(
                "SLIPWAY_S3_URL", s3.endpoint().toString(),
                "SLIPWAY_S3_BUCKET", "slipway",
                "SLIPWAY_S3_ACCESS_KEY", s3.accessKey(),
                "SLIPWAY_S3_SECRET_KEY", s3.secretKey());
    }
}
