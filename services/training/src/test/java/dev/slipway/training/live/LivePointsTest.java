package dev.slipway.training.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.training.AwaitPoints;
import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.FinishRun;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.MetricPoint;
import dev.slipway.api.training.NewPoints;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.RunsApi;
import dev.slipway.api.training.SeriesPlace;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.training.TestProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LivePointsTest {
    @TempDir
    private Path data;

    private TestProcess process;
    private TrainingApi training;
    private RunsApi runs;
    private RunId run;

    @BeforeEach
    void open() {
        process = new TestProcess(data);
        training = process.bean(TrainingApi.class);
        runs = process.bean(RunsApi.class);
        run = newRun();
    }

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void whatIsThereIsToldAtOnce() {
        log(run, "loss", 1, 0.5);
        log(run, "accuracy", 1, 0.25);

        NewPoints all = await(null, List.of(), 1000, 10_000);
        assertThat(all.ended()).isFalse();
        assertThat(all.series()).extracting(NewPoints.Tail::key).containsExactly("accuracy", "loss");
        assertThat(await(List.of("loss"), List.of(), 1000, 10_000).series())
                .containsExactly(new NewPoints.Tail(run, "loss", List.of(new MetricPoint(1, 1, 0.5))));
        assertThat(await(null, List.of(), 1, 10_000).series()).hasSize(1);
    }

    @Test
    void thoseWhoWaitAreWoken() {
        log(run, "loss", 1, 0.5);
        SeriesPlace known = new SeriesPlace(run, "loss", null, 1, new MetricPoint(1, 1, 0.5));
        CompletableFuture<NewPoints> waiting =
                CompletableFuture.supplyAsync(() -> await(null, List.of(known), 1000, 10_000));
        log(run, "loss", 2, Double.NaN);

        assertThat(waiting.orTimeout(60, TimeUnit.SECONDS).join().series())
                .containsExactly(new NewPoints.Tail(run, "loss", List.of(new MetricPoint(2, 2, Double.NaN))));
    }

    @Test
    void whatAnotherProcessWritesIsFound() {
        CompletableFuture<NewPoints> waiting =
                CompletableFuture.supplyAsync(() -> await(null, List.of(), 1000, 10_000));
        try (TestProcess other = new TestProcess(data)) {
            other.run(() -> other.bean(TrainingApi.class)
                    .log(run, new LogBatch(List.of(new Metric("loss", 1, 1, 1)), List.of(), List.of())));
            // It may take longer than one call waits.
            NewPoints found = waiting.orTimeout(60, TimeUnit.SECONDS).join();
            while (found.series().isEmpty()) {
                found = await(null, List.of(), 1000, 10_000);
            }
            assertThat(found.series()).hasSize(1);
        }
    }

    @Test
    void nothingNewIsToldWhenTheTimeIsOver() {
        log(run, "loss", 1, 0.5);
        SeriesPlace known = new SeriesPlace(run, "loss", null, 1, new MetricPoint(1, 1, 0.5));

        assertThat(await(null, List.of(known), 1000, 0)).isEqualTo(new NewPoints(List.of(), false));
        assertThat(await(List.of("other"), List.of(), 1000, 20)).isEqualTo(new NewPoints(List.of(), false));
    }

    @Test
    void theEndIsToldWithAllThatCameBefore() {
        log(run, "loss", 1, 0.5);
        log(run, "loss", 5, 0.1);
        // Late, so that the latest value does not tell of it.
        log(run, "loss", 3, 0.2);
        SeriesPlace known = new SeriesPlace(run, "loss", new MetricPoint(1, 1, 0.5), 1, new MetricPoint(5, 5, 0.1));
        assertThat(await(null, List.of(known), 1000, 0).series()).isEmpty();

        process.call(() -> training.finish(run, new FinishRun(RunState.FINISHED)));
        NewPoints last = await(null, List.of(known), 1000, 10_000);
        assertThat(last.ended()).isFalse();
        assertThat(last.series().get(0).points())
                .containsExactly(new MetricPoint(3, 3, 0.2), new MetricPoint(5, 5, 0.1));
        SeriesPlace all = new SeriesPlace(run, "loss", new MetricPoint(1, 1, 0.5), 2, new MetricPoint(5, 5, 0.1));
        assertThat(await(null, List.of(all), 1000, 10_000)).isEqualTo(new NewPoints(List.of(), true));
    }

    @Test
    void aRunThatEndsWakesThoseWhoWait() {
        CompletableFuture<NewPoints> waiting =
                CompletableFuture.supplyAsync(() -> await(null, List.of(), 1000, 10_000));
        process.call(() -> training.finish(run, new FinishRun(RunState.KILLED)));

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(60)).isEqualTo(new NewPoints(List.of(), true));
    }

    @Test
    void whatCannotBeFollowedIsRefused() {
        RunId unknown = new RunId("0".repeat(32));
        refused("run.unknown", () -> runs.await(new AwaitPoints(List.of(unknown), null, List.of(), 10, 0)));
        refused("metric.series", () -> runs.await(new AwaitPoints(List.of(), null, List.of(), 10, 0)));
        refused("metric.series", () -> runs.await(new AwaitPoints(List.of(run), null, List.of(), 10_000, 0)));
        refused("metric.series", () -> runs.await(new AwaitPoints(List.of(run), null, List.of(), 10, 1_000_000)));
        refused("run.key", () -> runs.await(new AwaitPoints(List.of(run), List.of(""), List.of(), 10, 0)));
        SeriesPlace tooMuch = new SeriesPlace(run, "loss", null, Integer.MAX_VALUE, null);
        refused("metric.series", () -> runs.await(new AwaitPoints(List.of(run), null, List.of(tooMuch), 10, 0)));
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> process.callIn(
                        new Workspace("other"),
                        () -> runs.await(new AwaitPoints(List.of(run), null, List.of(), 10, 0))))
                .matches(e -> e.code().equals("run.unknown"));
    }

    private void refused(String code, Runnable call) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> process.run(call))
                .matches(e -> e.code().equals(code), code);
    }

    private RunId newRun() {
        ExperimentId experiment = process.call(() -> training.createExperiment(new CreateExperiment("e")))
                .id();
        return process.call(() -> training.createRun(new CreateRun(experiment, "r")))
                .id();
    }

    private void log(RunId to, String key, long step, double value) {
        process.run(() ->
                training.log(to, new LogBatch(List.of(new Metric(key, value, step, step)), List.of(), List.of())));
    }

    private NewPoints await(List<String> keys, List<SeriesPlace> places, int limit, long wait) {
        return process.call(() -> runs.await(new AwaitPoints(List.of(run), keys, places, limit, wait)));
    }
}
