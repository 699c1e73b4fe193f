package dev.slipway.registry.mlflow;

import dev.slipway.registry.TestProcess;
import io.micronaut.core.type.Argument;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Calls MLflow's REST API as its clients do, and reads what is answered. */
final class MlflowCalls {
    private static final Argument<Map<String, Object>> JSON = Argument.mapOf(String.class, Object.class);

    /** What was answered. */
    record Answer(int status, Map<String, Object> body) {
        /** What stands at a path of keys and positions such as {@code registered_model.tags.0.key}; null if nothing does. */
        Object at(String path) {
            Object found = body;
            for (String step : path.split("\\.", -1)) {
                if (found instanceof List<?> list) {
                    found = list.get(Integer.parseInt(step));
                } else {
                    found = found instanceof Map<?, ?> map ? map.get(step) : null;
                }
            }
            return found;
        }

        String error() {
            return Objects.toString(body.get("error_code"));
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final TestProcess process;
    private final URI root;

    MlflowCalls(TestProcess process) {
        this.process = process;
        this.root = process.bean(EmbeddedServer.class).start().getURI();
    }

    Answer get(String path, String... query) {
        StringBuilder address = new StringBuilder(path);
        for (int i = 0; i < query.length; i += 2) {
            address.append(i == 0 ? '?' : '&')
                    .append(query[i])
                    .append('=')
                    .append(URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8));
        }
        return send("GET", address.toString(), null);
    }

    Answer post(String path, Map<String, ?> body) {
        return send("POST", path, body);
    }

    Answer patch(String path, Map<String, ?> body) {
        return send("PATCH", path, body);
    }

    Answer delete(String path, Map<String, ?> body) {
        return send("DELETE", path, body);
    }

    private Answer send(String method, String path, Map<String, ?> body) {
        ObjectMapper json = process.bean(ObjectMapper.class);
        try {
            HttpRequest.BodyPublisher sent = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(root.resolve("/api/2.0/mlflow/" + path))
                            .header("Content-Type", "application/json")
                            .method(method, sent)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), json.readValue(response.body(), JSON));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
