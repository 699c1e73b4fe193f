package dev.slipway.standalone.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.cassandra.server.CassandraServer;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.standalone.demo.Demo;
import dev.slipway.standalone.demo.DemoReport;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's journey over separate processes, while each of them, and each server of a store, is killed once with SIGKILL and
 * comes back: just when the step that needs it next begins.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class DistributedTest {
    /** Whom to kill when a step has ended. Two processes at a time at most, as the machine may have two cores. */
    private static final Map<String, Function<Installation, CompletableFuture<Void>>> KILLS = kills();

    @TempDir
    private Path folder;

    private static Map<String, Function<Installation, CompletableFuture<Void>>> kills() {
        Map<String, Function<Installation, CompletableFuture<Void>>> kills = new LinkedHashMap<>();
        // The export of labels is the next step, and the pipeline, in the training process, waits for it.
        kills.put("labeling", installation -> installation.killAndRestart(Service.LABELING));
        kills.put("export labels", installation -> installation.killAndRestart(Service.DATASET));
        // The process that runs the pipeline and trains: another attempt goes on when its lease has run out.
        kills.put("commit dataset", installation -> installation.killAndRestart(Service.TRAINING));
        kills.put("train", installation -> installation.killAndRestart(Service.REGISTRY));
        kills.put("register", installation -> installation.killAndRestart(Service.CONVERSION));
        kills.put("convert", Installation::killAndRestartS3);
        kills.put("preannotate", installation -> installation.killAndRestart(Service.GATEWAY));
        kills.put("delivery", installation -> installation.killAndRestart(Service.MONITORING));
        kills.put("usual stream", Installation::killAndRestartCassandra);
        kills.put("shifted stream", installation -> installation.killAndRestart(Service.LINEAGE));
        return kills;
    }

    @Test
    void aModelGetsToThePhoneThoughEveryProcessDiesOnTheWay() throws Exception {
        assumeTrue(CassandraServer.available(), CassandraServer.needed());
        long start = System.nanoTime();
        try (Installation installation = Installation.start(folder)) {
            System.out.printf("installation started after %.0f s%n", (System.nanoTime() - start) / 1e9);
            try (ApplicationContext client = installation.client()) {
                carry(installation, client);
            } catch (Throwable e) {
                System.err.println(installation.output());
                throw e;
            }
        }
        System.out.printf(
                "the journey and its %d deaths took %.0f s%n", KILLS.size(), (System.nanoTime() - start) / 1e9);
    }

    private void carry(Installation installation, ApplicationContext client) {
        Reaper reaper = new Reaper(installation);
        Caller caller = new Caller("demo", Set.of(Role.ADMIN), Workspace.DEFAULT);
        DemoReport report = client.getBean(Callers.class).callAs(caller, () -> new Demo(
                        client,
                        installation.gateway(),
                        folder.resolve("downloads"),
                        new PrintStream(reaper, true, StandardCharsets.UTF_8))
                .run());

        assertThat(reaper.killed).as("each died once").containsExactlyElementsOf(KILLS.keySet());
        reaper.restarts.forEach(CompletableFuture::join);
        Map<String, Object> json = report.json();
        assertThat(number(json, "before", "release")).isEqualTo(1);
        assertThat(number(json, "after", "release")).isEqualTo(2);
        assertThat(number(json, "after", "version")).isGreaterThan(number(json, "before", "version"));
        assertThat(number(json, "before", "cleanAccuracy")).isBetween(0.96, 1.0);
        assertThat(number(json, "after", "shiftedAccuracy")).isGreaterThan(number(json, "before", "shiftedAccuracy"));
        assertThat(client.getBean(Callers.class).callAs(caller, () -> client.getBean(JobsApi.class)
                        .list(100, null)
                        .items()))
                .as("no job was given up")
                .allSatisfy(job -> assertThat(job.body().state()).isEqualTo(JobState.SUCCEEDED));
    }

    private static double number(Map<String, Object> report, String object, String name) {
        return ((Number) ((Map<?, ?>) report.get(object)).get(name)).doubleValue();
    }

    /** Reads the lines that tell of finished steps, and kills whoever is next. */
    private static final class Reaper extends ByteArrayOutputStream {
        private final Installation installation;
        private final List<String> killed = new ArrayList<>();
        private final List<CompletableFuture<Void>> restarts = new ArrayList<>();

        private Reaper(Installation installation) {
            this.installation = installation;
        }

        @Override
        public void flush() {
            String text = toString(StandardCharsets.UTF_8);
            reset();
            System.out.print(text);
            text.lines().filter(line -> line.contains("✓")).forEach(this::finished);
        }

        private void finished(String line) {
            KILLS.forEach((step, kill) -> {
                boolean ended = line.matches("\\s*✓ " + step + "\\s.*");
                if (ended && !killed.contains(step)) {
                    // One at a time: whoever was killed before is back first.
                    restarts.forEach(CompletableFuture::join);
                    killed.add(step);
                    System.out.println("    kill -9 after '" + step + "'");
                    restarts.add(kill.apply(installation));
                }
            });
        }
    }
}
