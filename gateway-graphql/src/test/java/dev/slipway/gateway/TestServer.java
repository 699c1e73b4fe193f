package dev.slipway.gateway;

import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The gateway in a real server on a free port, with contracts in memory behind it. */
final class TestServer implements AutoCloseable {
    private final EmbeddedServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    TestServer() {
        this(Map.of());
    }

    TestServer(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("micronaut.server.port", -1);
        all.put("micronaut.server.host", "127.0.0.1");
        // The runtime's own jobs and tokens need stores; the tests bring their own jobs.
        all.put("slipway.services.runtime", false);
        server = ApplicationContext.run(EmbeddedServer.class, all, "test");
    }

    <T> T bean(Class<T> type) {
        return server.getApplicationContext().getBean(type);
    }

    URI uri(String path) {
        return server.getURI().resolve(path);
    }

    HttpClient client() {
        return client;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** Posts a document, and gives the answer. */
    Answer ask(String query, Map<String, Object> variables) throws IOException, InterruptedException {
        byte[] body = bean(JsonMapper.class).writeValueAsBytes(Map.of("query", query, "variables", variables));
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri("/graphql"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/graphql-response+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        return new Answer(response.statusCode(), tree(response.body()));
    }

    Answer ask(String query) throws IOException, InterruptedException {
        return ask(query, Map.of());
    }

    JsonNode tree(String text) throws IOException {
        return bean(JsonMapper.class).readValue(text, Argument.of(JsonNode.class));
    }

    @Override
    public void close() {
        server.getApplicationContext().close();
    }

    /** An answer, in which a place is named by its path, such as {@code data.projects.nodes.0.id}. */
    record Answer(int status, JsonNode body) {
        JsonNode at(String path) {
            JsonNode node = body;
            for (String step : List.of(path.split("\\."))) {
                node = node.isArray() ? node.get(Integer.parseInt(step)) : node.get(step);
                if (node == null) {
                    throw new AssertionError("no " + step + " of " + path + " in " + text());
                }
            }
            return node;
        }

        String text(String path) {
            return at(path).coerceStringValue();
        }

        String text() {
            return String.valueOf(body.getValue());
        }
    }
}
