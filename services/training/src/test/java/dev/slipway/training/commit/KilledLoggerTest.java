package dev.slipway.training.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Run;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.RunId;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.metric.Point;
import dev.slipway.training.TestProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KilledLoggerTest {
    private static final int THREADS = 4;

    private record Acknowledged(RunId run, long step) {}

    @TempDir
    private Path data;

    @RepeatedTest(2)
    void whatWasAcknowledgedSurvivesTheDeathOfTheProcess() throws Exception {
        List<Acknowledged> acknowledged = killedAfter(300);

        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            assertThat(acknowledged).isNotEmpty();
            for (Acknowledged last : acknowledged) {
                EntityId id = EntityId.of(last.run());
                assertThat(stores.graph().get(Workspace.DEFAULT, List.of(id))).containsKey(id);
                List<Long> steps = stores
                        .metrics()
                        .range(GroupCommitterTest.series(last.run(), "m"), 1, last.step(), 25_000, Optional.empty())
                        .items()
                        .stream()
                        .map(Point::step)
                        .toList();
                assertThat(steps).hasSize((int) last.step()).isSorted();
                assertThat(stores.graph().facets(Workspace.DEFAULT, List.of(id)).get(id))
                        .filteredOn(facet -> facet.key().equals("m"))
                        .allSatisfy(facet -> assertThat(facet.step()).isGreaterThanOrEqualTo(last.step()));
            }
        }
    }

    /** Lets a process work until so many answers have come, kills it, and returns the last answered step of each run. */
    private List<Acknowledged> killedAfter(int answers) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Logger.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<RunId, Long> acknowledged = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            for (int i = 0; line != null; i++) {
                if (i == answers) {
                    // Unlike the process itself, its handle leaves the stream open: what it wrote must still be read.
                    process.toHandle().destroyForcibly();
                }
                String[] parts = line.split(" ", -1);
                // The line that the process died in may be half written.
                if (parts.length == 3) {
                    acknowledged.put(new RunId(parts[0]), Long.parseLong(parts[1]));
                }
                line = lines.readLine();
            }
            assertThat(process.waitFor()).isNotZero();
        } finally {
            process.destroyForcibly();
        }
        return acknowledged.entrySet().stream()
                .map(entry -> new Acknowledged(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Makes runs and logs to them from several threads without end, and prints each answer: the run, and the step. */
    static final class Logger {
        private static final int STEPS = 20;

        private Logger() {}

        public static void main(String[] arguments) throws IOException {
            TestProcess process = new TestProcess(Path.of(arguments[0]));
            GroupCommitter committer = process.bean(GroupCommitter.class);
            ExperimentId experiment = new IdGenerator().next(ExperimentId::new);
            PrintStream out = System.out;
            for (int thread = 0; thread < THREADS; thread++) {
                new Thread(() -> process.run(() -> {
                            while (!out.checkError()) {
                                RunId run = new IdGenerator().next(RunId::new);
                                committer.create(run, Run.logged(experiment, "r", 0), List.of());
                                out.print(run + " 0 .\n");
                                for (long step = 1; step <= STEPS; step++) {
                                    Metric metric = new Metric("m", 1d / step, step, step);
                                    committer.log(run, new LogBatch(List.of(metric), List.of(), List.of()));
                                    out.print(run + " " + step + " .\n");
                                    out.flush();
                                }
                            }
                        }))
                        .start();
            }
            // Which ends when the test has died first.
            System.in.transferTo(OutputStream.nullOutputStream());
            Runtime.getRuntime().halt(1);
        }
    }
}
