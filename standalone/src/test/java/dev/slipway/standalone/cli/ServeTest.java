package dev.slipway.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a command should refuse but serves instead, the timeout's interrupt ends it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ServeTest {
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void servesWhoeverHasATokenUntilItIsAskedToStop() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        String engineer = token(data, "engineer");
        String viewer = token(data, "viewer");
        try (CommandProcess server = CommandProcess.start(
                folder,
                Map.of("SLIPWAY_SECURITY_MODE", "token"),
                "serve",
                "--port",
                "0",
                "--json",
                "--data",
                data.toString())) {
            assumeTrue(server.canBeAskedToStop());
            Map<String, Object> started = CommandResult.parse(server.nextLine());
            URI uri = URI.create(started.get("url").toString());
            assertThat(started).containsOnlyKeys("url", "port", "services").containsEntry("port", uri.getPort());
            assertThat(uri.getPort()).isPositive();
            assertThat(started.get("services").toString())
                    .isEqualTo("conversion, dataset, gateway, labeling, lineage, monitoring, registry, training");

            assertThat(fetch(uri, "").exitCode()).isEqualTo(6);
            assertThat(fetch(uri, "").error()).containsEntry("code", "caller.unknown");
            assertThat(fetch(uri, viewer).error()).containsEntry("code", "caller.role");
            assertThat(fetch(uri, engineer).exitCode())
                    .as("there is nothing yet")
                    .isEqualTo(4);
            assertThat(create(uri, "", "by nobody").body()).contains("\"caller.unknown\"");
            assertThat(create(uri, "Bearer made-up", "by a stranger").statusCode())
                    .isEqualTo(401);
            assertThat(create(uri, "Bearer " + viewer, "by a viewer").body()).contains("\"caller.role\"");
            HttpResponse<String> created = create(uri, "Bearer " + engineer, "by an engineer");
            assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
            assertThat(created.body()).contains("by an engineer").doesNotContain("\"errors\"");

            server.askToStop();

            CommandResult end = server.end();
            assertThat(end.exitCode()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(end.out()).isEmpty();
            assertThat(end.err()).doesNotContain("ERROR", "WARN", "Exception");
        }
        assertThat(datasets(data)).containsExactly("by an engineer");
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            CommandResult result =
                    serve("--port", port, "--data", folder.resolve("data").toString());

            assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
            assertThat(result.error()).containsEntry("code", "server.port-taken");
            assertThat(result.error().get("message").toString()).contains("127.0.0.1:" + port, "--port");
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void anUnknownServiceIsAnsweredWithTheKnownOnes() {
        Path data = folder.resolve("data");

        CommandResult result = serve("labeling", "cooking", "--port", "0", "--data", data.toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.error().get("message").toString())
                .contains("cooking", "labeling", "dataset", "training", "registry", "conversion")
                .contains("monitoring", "lineage", "gateway");
        assertThat(data).doesNotExist();
    }

    @Test
    void aFolderOfANewerVersionIsLeftAsItIs() throws IOException, SQLException {
        Path database = folder.resolve("graph.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE something_new (x)");
            statement.execute("PRAGMA user_version = 9999");
        }
        byte[] before = Files.readAllBytes(database);

        CommandResult result = serve("--port", "0", "--data", folder.toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.error()).containsEntry("code", "store.newer-version");
        assertThat(result.error().get("message").toString()).contains(database.toString(), "9999", "newer Slipway");
        assertThat(Files.readAllBytes(database)).isEqualTo(before);
        assertThat(folder.toFile().list()).containsExactly("graph.db");
    }

    @Test
    void aDataFolderThatIsAFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "a file");

        CommandResult result = serve("--port", "0", "--data", file.toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
        assertThat(result.error()).containsEntry("code", "store.unwritable");
        assertThat(result.error().get("message").toString()).contains(file.toString());
        assertThat(file).hasContent("a file");
    }

    @Test
    void anAddressThatOthersReachNeedsAuthentication() {
        Path data = folder.resolve("data");

        CommandResult result = serve("--host", "0.0.0.0", "--port", "0", "--data", data.toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(result.error()).containsEntry("code", "security.open-address");
        assertThat(result.error().get("message").toString()).contains("slipway token create", "SLIPWAY_SECURITY_MODE");
        assertThat(data).doesNotExist();
    }

    private static CommandResult serve(String... arguments) {
        return CommandResult.of(Stream.concat(Stream.of("serve", "--json"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static String token(Path data, String role) {
        CommandResult result =
                CommandResult.of("token", "create", "--name", role, "--role", role, "--data", data.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().strip();
    }

    private static CommandResult fetch(URI server, String token) {
        return CommandResult.of("fetch", "digits", "--json", "--server", server.toString(), "--token", token);
    }

    private HttpResponse<String> create(URI server, String authorization, String dataset)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/graphql"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"query\": \"mutation($name: String!) { createDataset(name: $name) { name } }\","
                                + " \"variables\": {\"name\": \"" + dataset + "\"}}"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static List<String> datasets(Path data) {
        Caller reader = new Caller("test", Set.of(Role.VIEWER), Workspace.DEFAULT);
        try (SlipwayServer server =
                SlipwayServer.start(new ServerSettings("127.0.0.1", 0, data, ServerSettings.allServices()))) {
            return server.bean(Callers.class)
                    .callAs(reader, () -> server.bean(DatasetApi.class).listDatasets(10, null).items().stream()
                            .map(dataset -> dataset.body().name())
                            .toList());
        }
    }
}
