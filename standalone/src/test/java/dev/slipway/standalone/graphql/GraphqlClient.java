package dev.slipway.standalone.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Speaks GraphQL and MLflow's REST to a server, as dashboards and trainings do. */
final class GraphqlClient {
    private static final int PATIENCE_SECONDS = 60;
    private static final Argument<Map<String, Object>> TREE = Argument.mapOf(String.class, Object.class);

    private final URI server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = ObjectMapper.getDefault();

    GraphqlClient(URI server) {
        this.server = server;
    }

    /** The data of an answer without errors. */
    Object ask(String query, Map<String, Object> variables) {
        Map<String, Object> answer = post("/graphql", Map.of("query", query, "variables", variables));
        assertThat(answer.get("errors")).as(query).isNull();
        return answer.get("data");
    }

    /** The answer to a call of MLflow's REST API. */
    Map<String, Object> mlflow(String path, Map<String, Object> request) {
        return post("/api/2.0/mlflow/" + path, request);
    }

    /** Puts a file among the artifacts, at a path from their root on. */
    void putArtifact(String path, String text) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(server.resolve("/api/2.0/mlflow-artifacts/artifacts/" + path))
                            .header("Content-Type", "application/octet-stream")
                            .PUT(HttpRequest.BodyPublishers.ofString(text))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A file of the server. */
    String fetch(String path) {
        try {
            return http.send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Map<String, Object> post(String path, Map<String, Object> request) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(server.resolve(path))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(request)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return json.readValue(response.body(), TREE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What stands at a place in an answer: keys, and the numbers of items. */
    static Object at(Object tree, Object... names) {
        Object value = tree;
        for (Object name : names) {
            value = name instanceof Integer item ? ((List<?>) value).get(item) : ((Map<?, ?>) value).get(name);
        }
        return value;
    }

    /** Begins a subscription in a socket of its own. */
    Following follow(String query, Map<String, Object> variables) throws Exception {
        Following following = new Following();
        WebSocket socket = http.newWebSocketBuilder()
                .subprotocols("graphql-transport-ws")
                .buildAsync(URI.create(server.resolve("/graphql-ws").toString().replaceFirst("^http", "ws")), following)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        following.socket = socket;
        send(socket, Map.of("type", "connection_init"));
        assertThat(following.next().get("type")).isEqualTo("connection_ack");
        send(socket, Map.of("id", "1", "type", "subscribe", "payload", Map.of("query", query, "variables", variables)));
        return following;
    }

    private void send(WebSocket socket, Map<String, Object> message) throws Exception {
        socket.sendText(new String(json.writeValueAsBytes(message), StandardCharsets.UTF_8), true)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The messages of a socket, in order. */
    final class Following implements WebSocket.Listener, AutoCloseable {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private WebSocket socket;

        Map<String, Object> next() throws Exception {
            String text = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(text).as("a message").isNotNull();
            return json.readValue(text, TREE);
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
        public void close() {
            socket.abort();
        }
    }
}
