package dev.slipway.training.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.RunId;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.metric.Point;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KilledLoggerTest {
    private static final int THREADS = 4;

    @TempDir
    private Path data;

    @RepeatedTest(2)
    void whatWasAcknowledgedSurvivesTheDeathOfTheProcess() throws Exception {
        KnownRun run = new KnownRun(new IdGenerator().next(RunId::new), new IdGenerator().next(ExperimentId::new));
        long[] acknowledged = killedAfter(300, run);

        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system())) {
            List<Facet> latest = stores.graph()
                    .facets(Workspace.DEFAULT, List.of(EntityId.of(run.id())))
                    .get(EntityId.of(run.id()));
            for (int thread = 0; thread < THREADS; thread++) {
                String key = "m" + thread;
                long last = acknowledged[thread];
                List<Long> steps = stores
                        .metrics()
                        .range(GroupCommitterTest.series(run, key), 1, last, 25_000, Optional.empty())
                        .items()
                        .stream()
                        .map(Point::step)
                        .toList();
                assertThat(steps).hasSize((int) last).isSorted();
                assertThat(latest)
                        .filteredOn(facet -> facet.key().equals(key))
                        .allSatisfy(facet -> assertThat(facet.step()).isGreaterThanOrEqualTo(last));
            }
        }
    }

    /** Lets a process log until so many answers have come, kills it, and returns the last answered step of each thread. */
    private long[] killedAfter(int answers, KnownRun run) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Logger.class.getName(),
                        data.toString(),
                        run.id().value(),
                        run.experiment().value())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long[] acknowledged = new long[THREADS];
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
                    acknowledged[Integer.parseInt(parts[0])] = Long.parseLong(parts[1]);
                }
                line = lines.readLine();
            }
            assertThat(process.waitFor()).isNotZero();
        } finally {
            process.destroyForcibly();
        }
        return acknowledged;
    }

    /** Logs from several threads without end, and prints each answered step. */
    static final class Logger {
        private Logger() {}

        public static void main(String[] arguments) {
            EmbeddedStores stores = EmbeddedStores.open(Path.of(arguments[0]), InstantSource.system());
            GroupCommitter committer = new GroupCommitter(stores.graph(), stores.metrics(), InstantSource.system());
            KnownRun run = new KnownRun(new RunId(arguments[1]), new ExperimentId(arguments[2]));
            PrintStream out = System.out;
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                new Thread(() -> {
                            for (long step = 1; ; step++) {
                                committer.log(
                                        Workspace.DEFAULT,
                                        run,
                                        new LogBatch(
                                                List.of(new Metric("m" + number, 1d / step, step, step)),
                                                List.of(),
                                                List.of()));
                                out.print(number + " " + step + " .\n");
                                out.flush();
                            }
                        })
                        .start();
            }
        }
    }
}
