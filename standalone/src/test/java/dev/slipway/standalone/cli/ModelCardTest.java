package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.lineage.LineageApi;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import dev.slipway.standalone.demo.DemoRuns;
import dev.slipway.tflite.TfliteReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The card of the model that the demo has carried all the way. */
@ExtendWith(DemoRuns.class)
@TestInstance(Lifecycle.PER_CLASS)
class ModelCardTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private SlipwayServer server;

    @BeforeAll
    void serve(DemoRuns.Data demo) throws Exception {
        server = SlipwayServer.start(new ServerSettings("127.0.0.1", 0, demo.folder(), ServerSettings.allServices()));
        tag("license", "CC-BY-4.0");
        tag("authors", "E. Alpaydin <and> others");
        tag("intended_use", "To read digits.");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void tag(String key, String value) throws Exception {
        HttpResponse<String> answer = send(
                "/api/2.0/mlflow/registered-models/set-tag",
                Output.write(Map.of("name", "digits", "key", key, "value", value)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> send(String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private CommandResult card(String... more) {
        String[] arguments = new String[more.length + 5];
        System.arraycopy(
                new String[] {
                    "model", "card", "digits", "--server", server.uri().toString()
                },
                0,
                arguments,
                0,
                5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return CommandResult.of(arguments);
    }

    @Test
    void itTellsTheWholeWay() throws Exception {
        CommandResult result = card("1");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("---\nlicense: \"cc-by-4.0\"\n")
                .contains(
                        "datasets:\n- \"digits\"",
                        "# Model Card for digits, version 1",
                        "E. Alpaydin \\<and\\> others",
                        "> To read digits.",
                        "| split | samples | 0 | 1 | 2 |",
                        "#### Training Hyperparameters",
                        "All gates hold",
                        "| accuracy | yes |",
                        "| test\\_accuracy | 0.9",
                        "| TFLITE | FP32 |",
                        "### Drift",
                        "| **yes** |",
                        "Made of run",
                        "Made of project");
        HttpResponse<String> page = send("/api/v1/models/digits/versions/1/card", null);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/markdown; charset=utf-8");
        assertThat(page.body()).isEqualTo(result.out().stripTrailing() + "\n");
        HttpResponse<String> graph = send(
                "/graphql",
                "{\"query\": \"{ modelNamed(name: \\\"digits\\\") { versions { nodes { number card } } } }\"}");
        assertThat(graph.body())
                .contains("\"card\":\"---\\nlicense: \\\"cc-by-4.0\\\"")
                .doesNotContain("errors");
    }

    @Test
    void itIsWrittenToAFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("README.md");
        CommandResult result = card("2", "-o", file.toString(), "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(Files.readString(file)).contains("# Model Card for digits, version 2", "## In Production");
    }

    @Test
    void aTfliteFileTellsTheSame(@TempDir Path folder) throws Exception {
        CommandResult fetched =
                CommandResult.of("fetch", "digits", "--server", server.uri().toString(), "-o", folder.toString());
        assertThat(fetched.exitCode()).as(fetched.err()).isZero();
        try (var files = Files.list(folder)) {
            Path tflite = files.filter(file -> file.toString().endsWith(".tflite"))
                    .findFirst()
                    .orElseThrow();
            Path described = folder.resolve("described.tflite");

            CommandResult result = card("1", "--describe", tflite.toString(), "-o", described.toString());

            assertThat(result.exitCode()).as(result.err()).isZero();
            byte[] bytes = Files.readAllBytes(described);
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                    .contains("TFLITE_METADATA", "M001", "CC-BY-4.0", "E. Alpaydin <and> others", "labels.txt");
            assertThat(TfliteReader.read(bytes).inputNames())
                    .isEqualTo(TfliteReader.read(Files.readAllBytes(tflite)).inputNames());
        }
    }

    @Test
    void whatIsNotThereIsTold() throws Exception {
        assertThat(card("99").exitCode()).isEqualTo(4);
        assertThat(card("99", "--json").error()).containsEntry("code", "model-version.unknown");
        assertThat(card("1", "--describe", "x.tflite").exitCode()).isEqualTo(2);
        assertThat(send("/api/v1/models/no%20such%20%C3%A9/versions/1/card", null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("/api/v1/models/digits/versions/x/card", null).statusCode())
                .isEqualTo(400);
    }

    @Test
    void onlyWhoMaySeeModelsSeesCards() {
        Caller device = new Caller("phone", Set.of(Role.DEVICE), Workspace.DEFAULT);
        var api = server.bean(LineageApi.class);
        var version = server.bean(Callers.class)
                .callAs(new Caller("me", Set.of(Role.VIEWER), Workspace.DEFAULT), () -> server.bean(RegistryApi.class)
                        .modelNamed("digits")
                        .body()
                        .aliases()
                        .get("production"));
        assertThat(catchThrowableOfType(SlipwayException.class, () -> server.bean(Callers.class)
                                .callAs(device, () -> api.card(version)))
                        .code())
                .isEqualTo("caller.role");
    }
}
