package dev.slipway.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every service that speaks MLflow has in common, over HTTP. */
@MicronautTest
@Property(name = "paths-and-errors", value = "true")
@Property(name = "micronaut.server.port", value = "-1")
class PathsAndErrorsTest {
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Thing(
            String runId,
            @Nullable Long startTime,
            @Nullable Double value,
            @Nullable List<String> runIds) {}

    @Controller("/api/2.0/mlflow/things")
    @Requires(property = "paths-and-errors")
    static class Things {
        @Post("/create")
        Thing create(@Body Thing thing) {
            return thing;
        }

        @Get("/get")
        Thing get(@QueryValue("run_id") String runId, @QueryValue("run_ids") List<String> runIds) {
            return new Thing(runId, null, Double.NaN, runIds);
        }

        @Get("/fail/{code}")
        Thing fail(String code) {
            throw switch (code) {
                case "unknown" -> SlipwayException.notFound("thing.unknown", "There is no thing.");
                case "exists" -> SlipwayException.conflict("thing.exists", "It exists.");
                case "state" -> SlipwayException.conflict("thing.state", "It is deleted.");
                default -> new IllegalStateException(code);
            };
        }
    }

    @Inject
    EmbeddedServer server;

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.getURI() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.getURI() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void thePagesAddressesLeadWhereThoseOfTheClientsDo() throws IOException, InterruptedException {
        for (String root : List.of("/api", "/ajax-api")) {
            HttpResponse<String> posted = post(
                    root + "/2.0/mlflow/things/create",
                    "{\"run_id\":\"a\",\"start_time\":\"12\",\"value\":\"NaN\",\"other\":1}");
            assertThat(posted.body()).isEqualTo("{\"run_id\":\"a\",\"start_time\":12,\"value\":\"NaN\"}");
            assertThat(posted.statusCode()).isEqualTo(200);
            assertThat(get(root + "/2.0/mlflow/things/get?run_id=b%20c&run_ids=1&run_ids=2")
                            .body())
                    .contains("\"run_id\":\"b c\"", "[\"1\",\"2\"]");
        }
    }

    @Test
    void errorsHaveTheCodesAndStatusesOfMlflow() throws IOException, InterruptedException {
        HttpResponse<String> unknown = get("/api/2.0/mlflow/things/fail/unknown");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .isEqualTo("{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"There is no thing.\"}");
        assertThat(get("/ajax-api/2.0/mlflow/things/fail/exists").body()).contains("RESOURCE_ALREADY_EXISTS");
        assertThat(get("/api/2.0/mlflow/things/fail/exists").statusCode()).isEqualTo(400);
        assertThat(get("/api/2.0/mlflow/things/fail/state").body()).contains("INVALID_STATE");
        assertThat(get("/api/2.0/mlflow/things/fail/other").body()).contains("INTERNAL_ERROR");
    }

    @Test
    void whatTheFrameworkRefusesIsToldInTheSameForm() throws IOException, InterruptedException {
        assertThat(get("/api/2.0/mlflow/nothing").body()).contains("ENDPOINT_NOT_FOUND");
        assertThat(get("/ajax-api/2.0/mlflow/nothing").body()).contains("ENDPOINT_NOT_FOUND");
        assertThat(post("/api/2.0/mlflow/things/create", "{").body()).contains("BAD_REQUEST");
        assertThat(get("/api/2.0/mlflow/things/get").body()).contains("error_code", "run_id");
    }

    @Test
    void otherPathsKeepTheirOwnForm() throws IOException, InterruptedException {
        assertThat(get("/elsewhere").body()).contains("route.unknown").doesNotContain("error_code");
    }
}
