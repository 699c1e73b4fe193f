package dev.slipway.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.training.TestProcess;
import io.micronaut.core.type.Argument;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The training service behind a real port, and a client that speaks MLflow to it. Safe for use by many threads. */
final class MlflowServer implements AutoCloseable {
    private static final Argument<Map<String, Object>> TREE = Argument.mapOf(String.class, Object.class);

    /** An answer: its status, and its body as a tree. */
    record Answer(int status, Map<String, Object> body) {
        /** The value at the names, each a key or the number of an item. */
        Object at(Object... names) {
            Object value = body;
            for (Object name : names) {
                value = name instanceof Integer item
                        ? ((List<?>) value).get(item)
                        : value == null ? null : ((Map<?, ?>) value).get(name);
            }
            return value;
        }

        String text(Object... names) {
            return String.valueOf(at(names));
        }

        List<Object> list(Object... names) {
            Object list = at(names);
            return list == null ? List.of() : List.copyOf((List<?>) list);
        }
    }

    private final TestProcess process;
    private final EmbeddedServer server;
    private final ObjectMapper json;
    private final HttpClient client = HttpClient.newHttpClient();

    MlflowServer(Path data) {
        process = new TestProcess(data);
        server = process.bean(EmbeddedServer.class).start();
        json = process.bean(ObjectMapper.class);
    }

    TestProcess process() {
        return process;
    }

    /** The answer to a request that is carried out. */
    Answer post(String path, Map<String, ?> request) {
        return succeeded(path, send(path, request));
    }

    /** The answer to a request that is carried out; the query's values are not yet encoded. */
    Answer get(String path, String... query) {
        return succeeded(path, fetch(path, query));
    }

    private static Answer succeeded(String path, Answer answer) {
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
        return answer;
    }

    /** Expects that the request is refused with this code of MLflow's. */
    void refused(String code, String path, Map<String, ?> request) {
        refused(code, send(path, request));
    }

    void refusedGet(String code, String path, String... query) {
        refused(code, fetch(path, query));
    }

    private static void refused(String code, Answer answer) {
        assertThat(answer.text("error_code")).as(answer.toString()).isEqualTo(code);
        assertThat(answer.text("message")).isNotBlank();
    }

    Answer send(String path, Map<String, ?> request) {
        try {
            return sendText(path, new String(json.writeValueAsBytes(request), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer sendText(String path, String body) {
        return sendText("POST", path, body);
    }

    Answer sendText(String method, String path, String body) {
        return answer(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer fetch(String path, String... query) {
        StringBuilder address = new StringBuilder(path);
        for (int i = 0; i < query.length; i += 2) {
            address.append(i == 0 ? '?' : '&')
                    .append(query[i])
                    .append('=')
                    .append(URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8));
        }
        return answer(HttpRequest.newBuilder(uri(address.toString())));
    }

    /** The body of a plain text. */
    String text(String path) {
        return exchange(HttpRequest.newBuilder(URI.create(server.getURI() + path)))
                .body();
    }

    URI uri(String path) {
        return URI.create(server.getURI() + (path.startsWith("/") ? path : "/api/2.0/mlflow/" + path));
    }

    private Answer answer(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request);
        try {
            return new Answer(response.statusCode(), json.readValue(response.body(), TREE));
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
        process.close();
    }
}
