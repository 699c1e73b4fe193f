package dev.slipway.standalone.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.contract.ServerProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two registries behind one gateway: both answer alike, and when one is killed nobody notices. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TwoReplicasTest {
    private static final Map<String, String> SHARED =
            Map.of("SLIPWAY_SERVICE_TOKEN", "0123456789abcdef0123456789abcdef");
    private static final int REQUESTS = 30;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    @Test
    void theOneThatIsLeftAnswersForBoth() throws Exception {
        try (ServerProcess first = start(SHARED, "registry");
                ServerProcess second = start(SHARED, "registry")) {
            Map<String, String> addresses = new HashMap<>(SHARED);
            addresses.put("SLIPWAY_REGISTRY_URL", first.uri() + "," + second.uri());
            try (ServerProcess gateway = start(addresses, "gateway")) {
                String keys = keys(gateway);
                assertThat(keys(first)).as("both sign with the same keys").isEqualTo(keys);
                assertThat(keys(second)).isEqualTo(keys);
                for (int i = 0; i < REQUESTS; i++) {
                    assertThat(keys(gateway)).isEqualTo(keys);
                    if (i == REQUESTS / 3) {
                        first.kill();
                    }
                }
                assertThat(first.isAlive()).isFalse();

                second.kill();

                HttpResponse<String> nobody = get(gateway);
                assertThat(nobody.statusCode()).isEqualTo(503);
                assertThat(nobody.body()).contains("service.unreachable");
            }
        }
    }

    private String keys(ServerProcess server) throws Exception {
        HttpResponse<String> answer = get(server);
        assertThat(answer.statusCode())
                .as(() -> answer.body() + "\n" + server.output())
                .isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> get(ServerProcess server) throws Exception {
        return http.send(
                HttpRequest.newBuilder(server.uri().resolve("/delivery/v1/keys"))
                        .build(),
                BodyHandlers.ofString());
    }

    private ServerProcess start(Map<String, String> environment, String service) {
        return ServerProcess.start(data, environment, List.of(service), 0, "-Xmx160m");
    }
}
