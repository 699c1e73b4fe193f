package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Speaks MLflow's REST API. Every call may be repeated without harm, and is, when the server does not answer. Redirects are not
 * followed: the credentials are for this server alone.
 */
final class Rest {
    private static final int MAX_BODY = 64 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TRIES = 4;
    private static final String API = "/api/2.0/mlflow/";

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String base;
    private final Optional<String> authorization;

    /**
     * @param server an http or https address, maybe with a path; {@code import.address} for any other
     * @param authorization the header of that name; empty for none
     */
    Rest(URI server, Optional<String> authorization) {
        if (!List.of("http", "https").contains(String.valueOf(server.getScheme()))
                || server.getHost() == null
                || server.getRawUserInfo() != null) {
            throw SlipwayException.invalid(
                    "import.address",
                    "'" + server.getScheme() + "://" + server.getHost()
                            + "' is no address of a server: give one such as http://127.0.0.1:5000. Credentials stand in"
                            + " the environment, not in the address.");
        }
        this.base = server.toString().replaceAll("/+$", "");
        this.authorization = authorization;
    }

    String address() {
        return base;
    }

    /** What the server says of it; empty if it says that there is none, or does not know the question. */
    Optional<Json> find(String path, Map<String, String> query) {
        try {
            return Optional.of(get(path, query));
        } catch (SlipwayException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    Json get(String path, Map<String, String> query) {
        return json(request(API + path, query).GET(), path);
    }

    Json post(String path, Map<String, Object> body) {
        return send("POST", path, body);
    }

    /** Sends an object with any method. */
    Json send(String method, String path, Map<String, Object> body) {
        HttpRequest.Builder request = request(API + path, Map.of())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(Json.write(body)));
        return json(request, path);
    }

    /** The bytes at a path of the server, which the caller closes. */
    InputStream open(String path, Map<String, String> query) {
        return sent(request(path, query).GET(), path).body();
    }

    /** Puts bytes at a path of the server, encoded already. Tries once, as the bytes are gone then. */
    void put(String path, InputStream bytes) {
        HttpRequest.Builder request = request(path, Map.of())
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofInputStream(() -> bytes));
        try (InputStream answer = sent(request, path, 1).body()) {
            answer.readNBytes(MAX_BODY);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private Json json(HttpRequest.Builder request, String path) {
        try (InputStream body = sent(request, path).body()) {
            byte[] bytes = body.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw SlipwayException.tooLarge(
                        "import.source-size",
                        base + " answers more than " + (MAX_BODY >> 20) + " MiB to " + path
                                + ", which is more than any MLflow server should.");
            }
            return Json.parse(bytes, base);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private HttpRequest.Builder request(String path, Map<String, String> query) {
        StringBuilder address = new StringBuilder(base).append(path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            address.append(separator).append(parameter.getKey()).append('=').append(encoded(parameter.getValue()));
            separator = '&';
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address.toString())).timeout(PATIENCE);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpResponse<InputStream> sent(HttpRequest.Builder request, String path) {
        return sent(request, path, TRIES);
    }

    private HttpResponse<InputStream> sent(HttpRequest.Builder request, String path, int tries) {
        for (int tried = 1; ; tried++) {
            try {
                HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
                if (answer.statusCode() == 200) {
                    return answer;
                }
                SlipwayException refusal = refusal(answer, path);
                if (refusal.kind() != ErrorKind.UNAVAILABLE || tried == tries) {
                    throw refusal;
                }
            } catch (IOException e) {
                if (tried == tries) {
                    throw unreachable(e);
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            pause(tried);
        }
    }

    private static void pause(int tried) {
        try {
            TimeUnit.MILLISECONDS.sleep(250L << tried);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static SlipwayException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return SlipwayException.unavailable("import.interrupted", "The import was interrupted; run it again.", e);
    }

    private SlipwayException refusal(HttpResponse<InputStream> answer, String path) throws IOException {
        try (InputStream body = answer.body()) {
            Refusal told = Refusal.read(body.readNBytes(1 << 16));
            ErrorKind kind =
                    switch (answer.statusCode()) {
                        case 401 -> ErrorKind.UNAUTHENTICATED;
                        case 403 -> ErrorKind.FORBIDDEN;
                        case 404, 405 -> ErrorKind.NOT_FOUND;
                        case 429, 500, 502, 503, 504 -> ErrorKind.UNAVAILABLE;
                        default -> told.exists() ? ErrorKind.CONFLICT : ErrorKind.INVALID;
                    };
            return new SlipwayException(
                    kind,
                    "import.refused",
                    base + " answered " + answer.statusCode() + " to " + path + ": " + told.message(),
                    null);
        }
    }

    /** What MLflow's servers say when they refuse. */
    private record Refusal(@Nullable String code, String message) {
        static Refusal read(byte[] body) {
            try {
                Json json = Json.parse(body, "the server");
                String message = json.text("message");
                return new Refusal(json.text("error_code"), message == null ? "no reason" : message);
            } catch (SlipwayException e) {
                // A proxy in between answers in HTML; the status then has to say it all.
                return new Refusal(null, "no reason that can be read");
            }
        }

        boolean exists() {
            return "RESOURCE_ALREADY_EXISTS".equals(code);
        }
    }

    private SlipwayException unreachable(IOException failure) {
        return SlipwayException.unavailable(
                "import.unreachable",
                "Can't reach " + base + " (" + failure + "): check the address and that the server runs, and run the"
                        + " same command again.",
                failure);
    }
}
