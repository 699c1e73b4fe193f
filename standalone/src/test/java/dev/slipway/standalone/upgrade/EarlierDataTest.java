package dev.slipway.standalone.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.ServerSettings;
import dev.slipway.standalone.SlipwayServer;
import dev.slipway.standalone.cli.CommandResult;
import dev.slipway.standalone.contract.Eventually;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that an earlier build has written, as its {@code README.md} says, is opened, read, searched and written. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class EarlierDataTest {
    private static final int RUNS = 5;
    private static final int STEPS = 200;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Path data;
    private URI server;

    @BeforeEach
    void unpack() throws IOException {
        data = folder.resolve("data");
        try (InputStream resource = EarlierDataTest.class.getResourceAsStream("data.zip");
                ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = data.resolve(entry.getName());
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }

    @Test
    void everythingIsThereAndFoundAfterwards() {
        assertOpens(data);
        assertThat(admin("check", "--data", data.toString())).containsEntry("clean", true);
    }

    /** Before an upgrade, with the new build's command: the backup is of the old form, and is upgraded where it is restored. */
    @Test
    void itIsBackedUpAsItIsAndOpensWhereItIsRestored() throws IOException {
        byte[] before = Files.readAllBytes(data.resolve("graph.db"));
        admin("backup", folder.resolve("backups").toString(), "--data", data.toString());
        assertThat(Files.readAllBytes(data.resolve("graph.db"))).isEqualTo(before);
        Path restored = folder.resolve("restored");
        admin("restore", folder.resolve("backups").toString(), "--data", restored.toString());
        assertOpens(restored);
    }

    private Map<String, Object> admin(String... arguments) {
        String[] line = new String[arguments.length + 2];
        line[0] = "admin";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        line[line.length - 1] = "--json";
        CommandResult result = CommandResult.of(line);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.json();
    }

    private void assertOpens(Path installation) {
        ServerSettings settings = new ServerSettings("127.0.0.1", 0, installation, ServerSettings.allServices());
        try (SlipwayServer opened = SlipwayServer.start(settings)) {
            server = opened.uri();
            Map<?, ?> experiment = object(get("experiments/get-by-name?experiment_name=digits/%C3%A4"), "experiment");
            String id = text(experiment, "experiment_id");
            assertThat(experiment.get("tags")).asString().contains("team", "vision");
            assertRuns(id);
            assertModel();
            assertThat(graphql("{ datasets { edges { node { name } } } projects { edges { node { name } } } }"))
                    .contains("\"datasets\":{\"edges\":[{\"node\":{\"name\":\"digits\"}}]}")
                    .contains("\"projects\":{\"edges\":[{\"node\":{\"name\":\"digits\"}}]}");
            post("runs/create", Map.of("experiment_id", id, "run_name", "later", "start_time", 1_800_000_000_000L));
            assertThat(search(id, "")).hasSize(RUNS + 1);
        }
    }

    private void assertRuns(String experiment) {
        List<Map<?, ?>> runs = search(experiment, "");
        assertThat(runs)
                .extracting(run -> text(object(run, "info"), "run_name"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, RUNS).mapToObj(i -> "run-" + i).toList());
        for (Map<?, ?> run : runs) {
            Map<?, ?> info = object(run, "info");
            String id = text(info, "run_id");
            assertThat(info.get("status")).isEqualTo("FINISHED");
            assertThat(object(run, "data").get("params")).asString().contains("näme", "'ü\"😀");
            assertThat((List<?>) get("metrics/get-history?run_id=" + id + "&metric_key=loss")
                            .get("metrics"))
                    .hasSize(STEPS);
            String number = text(info, "run_name").substring("run-".length());
            assertThat(ask(HttpRequest.newBuilder(server.resolve("/get-artifact?path=notes/text.txt&run_id=" + id))
                            .build()))
                    .isEqualTo(("notes of run " + number + "\n").repeat(20));
        }
        assertThat(search(experiment, "metrics.loss < 0.00495 and tags.stage = 'odd'"))
                .extracting(run -> text(object(run, "info"), "run_name"))
                .containsExactly("run-3");
        // What only later versions search by is filled in while the server runs.
        Eventually.see(() -> search(experiment, "attributes.run_name = 'run-4'"), found -> found.size() == 1);
    }

    private void assertModel() {
        Map<?, ?> version = object(get("registered-models/alias?name=digits&alias=champion"), "model_version");
        assertThat(text(version, "version")).isEqualTo("1");
        Map<?, ?> run = object(get("runs/get?run_id=" + text(version, "run_id")), "run");
        assertThat(text(object(run, "info"), "run_name")).isEqualTo("run-3");
    }

    private List<Map<?, ?>> search(String experiment, String filter) {
        Object runs = post("runs/search", Map.of("experiment_ids", List.of(experiment), "filter", filter))
                .get("runs");
        return runs == null
                ? List.of()
                : ((List<?>) runs)
                        .stream().<Map<?, ?>>map(run -> (Map<?, ?>) run).toList();
    }

    private Map<String, Object> get(String path) {
        return CommandResult.parse(ask(HttpRequest.newBuilder(server.resolve("/api/2.0/mlflow/" + path))
                .build()));
    }

    private Map<String, Object> post(String path, Map<String, Object> body) {
        return CommandResult.parse(ask(request("/api/2.0/mlflow/" + path, body)));
    }

    private String graphql(String query) {
        return ask(request("/graphql", Map.of("query", query)));
    }

    private HttpRequest request(String path, Map<String, Object> body) {
        return HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json(body)))
                .build();
    }

    private static byte[] json(Map<String, Object> body) {
        try {
            return ObjectMapper.getDefault().writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String ask(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server was asked", e);
        }
    }

    private static Map<?, ?> object(Map<?, ?> parent, String name) {
        return (Map<?, ?>) parent.get(name);
    }

    private static String text(Map<?, ?> parent, String name) {
        return String.valueOf(parent.get(name));
    }
}
