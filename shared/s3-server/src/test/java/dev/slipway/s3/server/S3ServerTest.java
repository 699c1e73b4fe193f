package dev.slipway.s3.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ServerTest {
    @TempDir
    Path folder;

    @Test
    void aServerInThisProcessAnswersUntilItIsClosed() throws Exception {
        URI endpoint;
        try (S3Server server = S3Server.start(folder)) {
            endpoint = server.endpoint();
            assertThat(statusWithoutCredentials(endpoint)).isEqualTo(403);
        }
        URI closed = endpoint;
        assertThatThrownBy(() -> statusWithoutCredentials(closed)).isInstanceOf(IOException.class);
    }

    @Test
    void aServerOfItsOwnProcessIsKilledAndStartedAgainWhereItWas() throws Exception {
        try (S3ServerProcess server = S3ServerProcess.start(folder)) {
            URI endpoint = server.endpoint();
            assertThat(statusWithoutCredentials(endpoint)).isEqualTo(403);
            server.kill();
            assertThatThrownBy(() -> statusWithoutCredentials(endpoint)).isInstanceOf(IOException.class);
            server.restart();
            assertThat(server.endpoint()).isEqualTo(endpoint);
            assertThat(statusWithoutCredentials(endpoint)).isEqualTo(403);
        }
    }

    private static int statusWithoutCredentials(URI endpoint) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(endpoint.resolve("/")).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
