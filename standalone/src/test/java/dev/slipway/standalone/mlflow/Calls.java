package dev.slipway.standalone.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.cli.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Plain requests to a server, which must succeed. */
record Calls(URI server) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Puts an artifact at its place in the tree. */
    void put(String path, byte[] content) {
        send("PUT", "/api/2.0/mlflow-artifacts/artifacts/" + path, content);
    }

    Map<String, Object> post(String path, Map<String, Object> body) {
        return CommandResult.parse(send("POST", "/api/2.0/mlflow/" + path, Json.write(body)));
    }

    Json get(String path) {
        return new Json(CommandResult.parse(send("GET", path, null)));
    }

    String text(String path) {
        return send("GET", path, null);
    }

    /** The data that GraphQL answers with. */
    Json ask(String query, Map<String, Object> variables) {
        Json answer = new Json(CommandResult.parse(
                send("POST", "/graphql", Json.write(Map.of("query", query, "variables", variables)))));
        assertThat(answer.objects("errors")).isEmpty();
        return answer.object("data");
    }

    private String send(String method, String path, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", method.equals("PUT") ? "application/octet-stream" : "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as(method + " " + path + "\n" + answer.body())
                    .isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
