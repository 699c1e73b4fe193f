package dev.slipway.training.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.kernel.Digest;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.training.TestProcess;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KilledUploaderTest {
    private static final int ANSWERS = 60;

    @TempDir
    private Path data;

    @Test
    void aFileThatWasTakenSurvivesTheDeathOfTheProcess() throws Exception {
        List<String> taken = killedAfter(ANSWERS);

        assertThat(taken).hasSizeGreaterThanOrEqualTo(ANSWERS);
        try (TestProcess process = new TestProcess(data)) {
            ArtifactStore store = process.bean(ArtifactStore.class);
            for (String line : taken) {
                String path = line.substring(0, line.indexOf(' '));
                Digest digest = new Digest(line.substring(line.indexOf(' ') + 1));
                ArtifactInfo found = process.call(
                                () -> process.bean(ArtifactTree.class).find(ArtifactPath.of(path)))
                        .orElseThrow();
                assertThat(found.artifact()).isEqualTo(digest);
                assertThat(Digest.of(store.read(digest, 1_000_000))).isEqualTo(digest);
            }
        }
    }

    /** Lets a server work until so many files were taken, kills it, and returns the path and digest of each. */
    private List<String> killedAfter(int answers) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Uploader.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> taken = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (taken.size() == answers) {
                    // Unlike the process itself, its handle leaves the stream open: what it wrote must still be read.
                    process.toHandle().destroyForcibly();
                }
                // The line that the process died in may be half written.
                if (line.endsWith(";")) {
                    taken.add(line.substring(0, line.length() - 1));
                }
            }
            assertThat(process.waitFor()).isNotZero();
        } finally {
            process.destroyForcibly();
        }
        return taken;
    }

    /** Sends files from several threads without end, and prints each that was taken. */
    static final class Uploader {
        private static final int THREADS = 3;
        private static final int SIZE = 50_000;

        private Uploader() {}

        public static void main(String[] arguments) throws IOException {
            TestProcess process = new TestProcess(Path.of(arguments[0]));
            String root = process.bean(EmbeddedServer.class).start().getURI() + "/api/2.0/mlflow-artifacts/artifacts/";
            HttpClient client = HttpClient.newHttpClient();
            PrintStream out = System.out;
            for (int thread = 0; thread < THREADS; thread++) {
                int seed = thread;
                new Thread(() -> upload(client, root, seed, out)).start();
            }
            // Which ends when the test has died first.
            System.in.transferTo(OutputStream.nullOutputStream());
            Runtime.getRuntime().halt(1);
        }

        private static void upload(HttpClient client, String root, int seed, PrintStream out) {
            Random random = new Random(seed);
            byte[] bytes = new byte[SIZE];
            for (int i = 0; !out.checkError(); i++) {
                random.nextBytes(bytes);
                String path = "0/run" + seed + "/artifacts/" + i;
                try {
                    HttpResponse<Void> answer = client.send(
                            HttpRequest.newBuilder(URI.create(root + path))
                                    .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
                    if (answer.statusCode() != 200) {
                        throw new IllegalStateException("status " + answer.statusCode());
                    }
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                out.print(path + " " + Digest.of(bytes) + ";\n");
                out.flush();
            }
        }
    }
}
