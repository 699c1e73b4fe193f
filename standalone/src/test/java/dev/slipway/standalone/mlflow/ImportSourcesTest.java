package dev.slipway.standalone.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.kernel.SlipwayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an import reads, be it as MLflow writes it, damaged or hostile. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ImportSourcesTest {
    private static final String RUN = "0123456789abcdef0123456789abcdef";
    private static final SourceExperiment EXPERIMENT =
            new SourceExperiment("7", "e", false, Map.of(), SourceTimes.UNKNOWN);

    @TempDir
    private Path folder;

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void writeRun() throws IOException {
        write(
                "7/meta.yaml",
                "name: über\nexperiment_id: '7'\nlifecycle_stage: active\ncreation_time: 500\nlast_update_time: 900\n");
        write("7/tags/owner", "me");
        write("7/" + RUN + "/meta.yaml", """
                run_id: %s
                run_name: first
                user_id: me
                status: 3
                start_time: 1000
                end_time: 2000
                lifecycle_stage: active
                """.formatted(RUN));
    }

    private List<SourceRun> runs() {
        List<SourceRun> runs = new ArrayList<>();
        try (Source source = Imports.open(folder.toString(), Map.of())) {
            source.runs(EXPERIMENT, runs::addAll);
        }
        return runs;
    }

    @Test
    void aFolderOfRunsIsRead() throws IOException {
        writeRun();
        write("7/" + RUN + "/params/a/b", "1\n2");
        write("7/" + RUN + "/tags/t", "");
        write("7/" + RUN + "/metrics/loss/train", "5 0.5\n6 nan 1\n7 -inf 2 data abc\n");
        write("7/" + RUN + "/artifacts/x/größe.txt", "hello");
        write("not a run/x", "");
        write("7/not a run/meta.yaml", "");
        write(".trash/8/meta.yaml", "name: gone\nlifecycle_stage: deleted\n");
        write("models/m é/meta.yaml", "name: m é\ncreation_timestamp: 5\n");
        write(
                "models/m é/version-2/meta.yaml",
                "source: models:/m-" + RUN + "\ncurrent_stage: Staging\nlast_updated_timestamp: 6\n");
        write("models/m é/version-1/meta.yaml", "source: gone\ncurrent_stage: Deleted_Internal\n");
        write("models/m é/aliases/best", "2");

        try (Source source = Imports.open(folder.toString(), Map.of())) {
            assertThat(source.experiments())
                    .containsExactly(
                            new SourceExperiment(
                                    "7", "über", false, Map.of("owner", "me"), new SourceTimes(500L, 900L)),
                            new SourceExperiment("8", "gone", true, Map.of(), SourceTimes.UNKNOWN));
            SourceRun run = runs().get(0);
            assertThat(run.status()).isEqualTo("FINISHED");
            assertThat(run.params()).containsExactly(Map.entry("a/b", "1\n2"));
            assertThat(run.tags()).containsExactly(Map.entry("t", ""));
            List<SourcePoint> points = new ArrayList<>();
            source.history(run, "loss/train", points::addAll);
            assertThat(points)
                    .extracting(SourcePoint::value)
                    .containsExactly(0.5, Double.NaN, Double.NEGATIVE_INFINITY);
            assertThat(points).extracting(SourcePoint::step).containsExactly(0L, 1L, 2L);
            assertThat(source.files(Owner.of(run), "")).containsExactly(new SourceFile("x", true, 0));
            assertThat(source.files(Owner.of(run), "x")).containsExactly(new SourceFile("x/größe.txt", false, 5));
            List<SourceModel> models = new ArrayList<>();
            source.models(models::add);
            assertThat(models).singleElement().satisfies(model -> {
                assertThat(model.name()).isEqualTo("m é");
                assertThat(model.aliases()).containsExactly(Map.entry("best", 2));
                assertThat(model.times()).isEqualTo(new SourceTimes(5L, null));
                assertThat(model.versions()).singleElement().satisfies(version -> {
                    assertThat(version.number()).isEqualTo(2);
                    assertThat(version.times()).isEqualTo(new SourceTimes(null, 6L));
                });
            });
        }
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsNotFollowed(@TempDir Path elsewhere) throws IOException {
        writeRun();
        Path secret = Files.writeString(elsewhere.resolve("secret"), "secret");
        Path artifacts = Files.createDirectories(folder.resolve("7/" + RUN + "/artifacts"));
        Files.createSymbolicLink(artifacts.resolve("link"), secret);
        Owner owner = new Owner("7", RUN);
        try (Source source = Imports.open(folder.toString(), Map.of())) {
            refused("import.source-path", () -> source.files(owner, ""));
            refused("import.source-path", () -> read(source, owner, "link"));
            refused(
                    "import.source-path",
                    () -> read(source, owner, "../../../../" + elsewhere.getFileName() + "/secret"));
        }
        Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("7/" + RUN + "/params")).resolve("p"), secret);
        refused("import.source-path", this::runs);
    }

    private static void read(Source source, Owner owner, String path) {
        try (InputStream bytes = source.open(owner, path)) {
            bytes.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(String code, Runnable work) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(SlipwayException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- a list",
                "{",
                "status: [1]",
                "status: x\nlifecycle_stage: active",
                "!!javax.script.ScriptEngineManager [1]",
                "start_time: '1; DROP'",
                ""
            })
    void aDamagedRunIsTold(String meta) throws IOException {
        writeRun();
        write("7/" + RUN + "/meta.yaml", meta);
        refused("import.source-form", this::runs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "x 1 2", "1 x 2", "1 2 x", "99999999999999999999 1 1"})
    void aDamagedMetricIsTold(String line) throws IOException {
        writeRun();
        write("7/" + RUN + "/metrics/m", line);
        SourceRun run = runs().get(0);
        try (Source source = Imports.open(folder.toString(), Map.of())) {
            refused("import.source-form", () -> source.history(run, "m", page -> {}));
        }
    }

    @Test
    void aLineWithoutEndIsNotReadToItsEnd() throws IOException {
        writeRun();
        write("7/" + RUN + "/metrics/m", "1 0.5 " + "0".repeat(10_000));
        SourceRun run = runs().get(0);
        try (Source source = Imports.open(folder.toString(), Map.of())) {
            refused("import.source-form", () -> source.history(run, "m", page -> {}));
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("mlflow.db"), "no database");
        refused("import.source-database", () -> Imports.open(file.toString(), Map.of()));
    }

    /** Answers every question with the same. */
    private static HttpServer server(byte[] answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
        return server;
    }

    private static void hostile(String answer, String code, Consumer<Source> question) throws IOException {
        HttpServer server = server(answer.getBytes(StandardCharsets.UTF_8));
        try (Source source =
                Imports.open("http://127.0.0.1:" + server.getAddress().getPort(), Map.of())) {
            refused(code, () -> question.accept(source));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServerThatGivesPagesForEverIsLeft() throws IOException {
        hostile("{\"next_page_token\": \"again\"}", "import.source-pages", Source::experiments);
        hostile(
                "{\"experiments\": [{\"experiment_id\": \"1\", \"name\": \"e\"}], \"next_page_token\": \"again\"}",
                "import.source-pages",
                Source::experiments);
        hostile(
                "{\"runs\": [{\"info\": {\"run_id\": \"r\", \"experiment_id\": \"7\", \"status\": \"RUNNING\"}}],"
                        + " \"next_page_token\": \"again\"}",
                "import.source-pages",
                source -> source.runs(EXPERIMENT, page -> {}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "no JSON",
                "{\"experiments\": {}}",
                "{\"experiments\": [1]}",
                "{\"experiments\": [{}]}",
                "{\"experiments\": [{\"experiment_id\": {}, \"name\": 1}]}",
                "{\"experiments\": \"x\"}"
            })
    void answersOfAnotherFormAreTold(String answer) throws IOException {
        hostile(answer, "import.source-form", Source::experiments);
    }

    @Test
    void deepAnswersEndNothing() throws IOException {
        hostile("{\"x\": " + "[".repeat(100_000), "import.source-form", Source::experiments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/b", "..", "%2e%2e/x", "..%2fx", "a\\\\b", "", "%252e%252e%252fx"})
    void artifactsThatLeadElsewhereAreRefused(String path) throws IOException {
        String code = path.isEmpty() ? "import.source-form" : "import.source-path";
        hostile(
                "{\"files\": [{\"path\": \"" + path + "\", \"is_dir\": false}]}",
                code,
                source -> source.files(new Owner("7", RUN), ""));
    }

    @Test
    void aBodyWithoutEndIsNotReadToItsEnd() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] block = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            try (exchange;
                    OutputStream body = exchange.getResponseBody()) {
                exchange.sendResponseHeaders(200, 0);
                for (int i = 0; i < 200; i++) {
                    body.write(block);
                }
            } catch (IOException e) {
                // The reader has gone, as it should.
                return;
            }
        });
        server.start();
        try (Source source =
                Imports.open("http://127.0.0.1:" + server.getAddress().getPort(), Map.of())) {
            refused("import.source-size", source::experiments);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void moreBytesThanToldAreNotTaken() {
        Bounded bytes = new Bounded(InputStream.nullInputStream(), 0);
        assertThat(bytes).isEmpty();
        assertThatThrownBy(() -> new Bounded(new ByteArrayInputStream(new byte[10]), 9).readAllBytes())
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, -",
                "abc, -, -, Bearer abc",
                "abc, me, secret, Basic bWU6c2VjcmV0",
                "-, me, -, -",
                "'', '', '', -"
            })
    void credentialsAreThoseOfMlflowsClients(String token, String user, String password, String header) {
        Map<String, String> environment = new HashMap<>();
        Optional.ofNullable(token).ifPresent(value -> environment.put("MLFLOW_TRACKING_TOKEN", value));
        Optional.ofNullable(user).ifPresent(value -> environment.put("MLFLOW_TRACKING_USERNAME", value));
        Optional.ofNullable(password).ifPresent(value -> environment.put("MLFLOW_TRACKING_PASSWORD", value));

        assertThat(Imports.credentials(environment)).isEqualTo(Optional.ofNullable(header));
    }

    @Test
    void credentialsInTheAddressAreRefusedAndNotRepeated() {
        assertThatThrownBy(() -> new Rest(URI.create("http://me:secret@127.0.0.1/"), Optional.empty()))
                .isInstanceOf(SlipwayException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void theJournalRemembersWhatIsWhole() throws IOException {
        Path file = folder.resolve("journal");
        try (Journal journal = Journal.open(file, "s", "t")) {
            assertThat(journal.begin("a", "1")).isFalse();
            journal.finish("a", new Journal.Done("1", 2, 3, 4));
            refused("import.journal-taken", () -> Journal.open(file, "s", "t"));
        }
        Files.writeString(file, "done\tb\t1\t2", StandardOpenOption.APPEND);
        try (Journal journal = Journal.open(file, "s", "t")) {
            assertThat(journal.done("a", "1")).hasValue(new Journal.Done("1", 2, 3, 4));
            assertThat(journal.done("a", "2")).isEmpty();
            assertThat(journal.done("b", "1")).isEmpty();
            assertThat(journal.begin("a", "1")).isTrue();
            journal.finish("c", new Journal.Done("x", 0, 0, 0));
        }
        try (Journal journal = Journal.open(file, "s", "t")) {
            assertThat(journal.done("c", "x")).isPresent();
        }
        refused("import.journal-other", () -> Journal.open(file, "other", "t"));
    }

    @Property(tries = 200)
    void wholeLinesComeBack(@ForAll @Size(max = 20) List<@IntRange(min = 1, max = 4000) Integer> lengths)
            throws IOException {
        StringBuilder text = new StringBuilder();
        lengths.forEach(length -> text.append("x".repeat(length)).append('\n'));
        List<Integer> read = new ArrayList<>();
        try (Lines lines = new Lines(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)))) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                read.add(line.length());
            }
        }
        assertThat(read).isEqualTo(lengths);
    }
}
