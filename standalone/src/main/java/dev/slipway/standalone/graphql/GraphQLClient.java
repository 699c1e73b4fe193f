package dev.slipway.standalone.graphql;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a server of Slipway through its public door, as any client does. */
public final class GraphQLClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_ANSWER = 16 << 20;
    private static final Argument<Map<String, Object>> TREE = Argument.mapOf(String.class, Object.class);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI server;
    private final Optional<String> token;

    /**
     * @param server an http or https address
     * @param token an API token; null where none is asked for
     * @throws SlipwayException {@code graphql.server} for another address
     */
    public GraphQLClient(URI server, @Nullable String token) {
        if (!List.of("http", "https").contains(String.valueOf(server.getScheme())) || server.getHost() == null) {
            throw SlipwayException.invalid(
                    "graphql.server",
                    "'" + server + "' is no address of a server: give one such as http://127.0.0.1:8080.");
        }
        this.server = server;
        this.token = Optional.ofNullable(token).filter(text -> !text.isBlank());
    }

    /**
     * The data of the answer.
     *
     * @throws SlipwayException the first error that the server tells of; {@code graphql.unreachable}
     */
    public Answer ask(String document, Map<String, Object> variables) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/graphql"))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/graphql-response+json, application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(ObjectMapper.getDefault()
                            .writeValueAsBytes(TREE, Map.of("query", document, "variables", variables))));
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            return data(response);
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "graphql.unreachable",
                    "Can't ask " + server + " (" + e + "): check the address, and that Slipway runs there.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlipwayException.unavailable("graphql.interrupted", "The question was interrupted.", e);
        }
    }

    private Answer data(HttpResponse<InputStream> response) throws IOException {
        Answer answer;
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(MAX_ANSWER);
            answer = parse(bytes);
        }
        Answer error = answer.at("errors").at(0);
        if (error.present()) {
            throw new SlipwayException(
                    kind(error.at("extensions").at("kind").text(), ErrorKind.INVALID),
                    error.at("extensions").at("code").text().orElse("graphql.refused"),
                    error.at("message").text().orElse(server + " refused the question."),
                    null);
        }
        if (!answer.at("data").present()) {
            throw new SlipwayException(
                    kindOf(response.statusCode()),
                    answer.at("code").text().orElse("graphql.refused"),
                    answer.at("detail")
                            .text()
                            .orElse(server + " answered " + response.statusCode()
                                    + " and no data: check that Slipway runs there."),
                    null);
        }
        return answer.at("data");
    }

    private static Answer parse(byte[] body) {
        try {
            return new Answer(ObjectMapper.getDefault().readValue(body, TREE));
        } catch (IOException e) {
            // A proxy in between answers in HTML; the status then has to say it all.
            return new Answer(null);
        }
    }

    private static ErrorKind kindOf(int status) {
        return switch (status) {
            case 401 -> ErrorKind.UNAUTHENTICATED;
            case 403 -> ErrorKind.FORBIDDEN;
            case 404 -> ErrorKind.NOT_FOUND;
            default -> status >= 500 ? ErrorKind.UNAVAILABLE : ErrorKind.INVALID;
        };
    }

    /** The kind of that name, as a field of GraphQL has it. */
    public static ErrorKind kind(Optional<String> name, ErrorKind otherwise) {
        return name.flatMap(text -> Arrays.stream(ErrorKind.values())
                        .filter(kind -> kind.name().equals(text))
                        .findFirst())
                .orElse(otherwise);
    }
}
