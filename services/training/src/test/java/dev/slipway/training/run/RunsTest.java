package dev.slipway.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.FinishRun;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.SearchRuns;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.training.TestProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunsTest {
    private static final RunId UNKNOWN = new RunId("0".repeat(32));

    @TempDir
    private Path data;

    private TestProcess process;
    private TrainingApi api;
    private ExperimentId experiment;

    @BeforeEach
    void open() {
        process = new TestProcess(data);
        api = process.bean(TrainingApi.class);
        experiment = call(() -> api.createExperiment(new CreateExperiment("e"))).id();
    }

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void anExperimentIsMadeOncePerName() {
        Entity<ExperimentId, Experiment> again = call(() -> api.createExperiment(new CreateExperiment("e")));
        ExperimentId other =
                call(() -> api.createExperiment(new CreateExperiment("f"))).id();

        assertThat(again.id()).isEqualTo(experiment);
        assertThat(call(() -> api.experiment(experiment)).body().name()).isEqualTo("e");
        assertThat(call(() -> api.experiments(List.of(other, experiment))))
                .extracting(found -> found.body().name())
                .containsExactly("f", "e");
        assertThat(call(() -> api.listExperiments(1, null)).items())
                .extracting(Entity::id)
                .hasSize(1);
        refused("experiment.name", () -> api.createExperiment(new CreateExperiment("x".repeat(501))));
        refused("experiment.name", () -> api.createExperiment(new CreateExperiment(" ")));
    }

    @Test
    void aRunIsLoggedFromOutsideAndEnds() {
        RunId run = newRun("a");
        log(
                run,
                new LogBatch(
                        List.of(metric("loss", 1, 0.5), metric("loss", 2, Double.POSITIVE_INFINITY)),
                        List.of(new Param("seed", "1")),
                        List.of(new Param("owner", "ada"))));

        assertThat(call(() -> api.data(List.of(UNKNOWN, run))))
                .containsExactly(new RunData(
                        run,
                        List.of(new Param("seed", "1")),
                        List.of(new Param("mlflow.runName", "a"), new Param("owner", "ada")),
                        List.of(metric("loss", 2, Double.POSITIVE_INFINITY))));

        Entity<RunId, Run> finished = call(() -> api.finish(run, new FinishRun(RunState.FINISHED)));
        assertThat(finished.body().state()).isEqualTo(RunState.FINISHED);
        assertThat(finished.body().finished()).isNotNull();
        assertThat(call(() -> api.finish(run, new FinishRun(RunState.FINISHED))))
                .isEqualTo(finished);
        refused("run.finished", () -> api.finish(run, new FinishRun(RunState.FAILED)));
        refused("run.state", () -> api.finish(run, new FinishRun(RunState.RUNNING)));
        assertThat(call(() -> api.history(run, "loss", 10, null)).items()).hasSize(2);
    }

    @Test
    void aHistoryComesInPages() {
        RunId run = newRun("a");
        for (int step = 0; step < 25; step++) {
            log(run, metrics(metric("loss", step, -step)));
        }

        List<Metric> all = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<Metric> page = call(() -> api.history(run, "loss", 10, from));
            all.addAll(page.items());
            cursor = page.next().orElse(null);
        } while (cursor != null);

        assertThat(all).extracting(Metric::step).hasSize(25).isSorted();
        assertThat(call(() -> api.history(run, "nothing", 10, null)).items()).isEmpty();
    }

    @Test
    void runsAreOrderedByAMetricWithNaNTiesAndMissingOnes() {
        RunId low = newRun("low");
        RunId firstTie = newRun("tie 1");
        RunId secondTie = newRun("tie 2");
        RunId none = newRun("none");
        RunId nan = newRun("nan");
        log(low, metrics(metric("accuracy", 9, 0.9), metric("accuracy", 10, 0.1)));
        log(firstTie, metrics(metric("accuracy", 1, 0.5)));
        log(secondTie, metrics(metric("accuracy", 1, 0.5)));
        log(nan, metrics(metric("accuracy", 1, Double.NaN)));
        log(none, metrics(metric("loss", 1, 3)));

        assertThat(search("accuracy", false, 100)).containsExactly(low, secondTie, firstTie, nan, none);
        assertThat(search("accuracy", true, 100)).containsExactly(secondTie, firstTie, low, nan, none);
        assertThat(search("accuracy", true, 2)).containsExactly(secondTie, firstTie, low, nan, none);
        assertThat(search(null, false, 2)).containsExactly(nan, none, secondTie, firstTie, low);
        ExperimentId other =
                call(() -> api.createExperiment(new CreateExperiment("other"))).id();
        assertThat(call(() -> api.searchRuns(new SearchRuns(other, "accuracy", true, 10, null)))
                        .items())
                .isEmpty();
    }

    @Test
    void whatIsWrongIsRefusedWithItsCode() {
        RunId run = newRun("a");
        log(run, new LogBatch(List.of(), List.of(new Param("seed", "1")), List.of()));

        refused("run.unknown", () -> logAndReturn(UNKNOWN, metrics(metric("loss", 1, 1))));
        refused("run.unknown", () -> api.history(UNKNOWN, "loss", 10, null));
        refused("run.unknown", () -> api.finish(UNKNOWN, new FinishRun(RunState.FAILED)));
        refused("experiment.unknown", () -> api.createRun(new CreateRun(new ExperimentId("0".repeat(32)), "r")));
        refused(
                "experiment.unknown",
                () -> api.searchRuns(new SearchRuns(new ExperimentId("0".repeat(32)), null, true, 1, null)));
        refused("run.name", () -> api.createRun(new CreateRun(experiment, "")));
        refused("run.key", () -> logAndReturn(run, metrics(metric("", 1, 1))));
        refused("run.key", () -> logAndReturn(run, metrics(metric("k".repeat(251), 1, 1))));
        refused(
                "run.value",
                () -> logAndReturn(run, new LogBatch(List.of(), List.of(new Param("p", "v".repeat(6001))), List.of())));
        refused(
                "run.batch-too-large",
                () -> logAndReturn(
                        run, new LogBatch(Collections.nCopies(1001, metric("m", 1, 1)), List.of(), List.of())));
        refused(
                "run.param-changed",
                () -> logAndReturn(run, new LogBatch(List.of(), List.of(new Param("seed", "2")), List.of())));
        refused("page.limit", () -> api.history(run, "loss", 1001, null));
        refused("page.limit", () -> api.searchRuns(new SearchRuns(experiment, null, true, 0, null)));
        assertThat(call(() -> api.run(UNKNOWN))).isNull();
    }

    private List<RunId> search(String metric, boolean descending, int limit) {
        List<RunId> found = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<Entity<RunId, Run>> page =
                    call(() -> api.searchRuns(new SearchRuns(experiment, metric, descending, limit, from)));
            page.items().forEach(run -> found.add(run.id()));
            cursor = page.next().orElse(null);
        } while (cursor != null);
        return found;
    }

    private RunId newRun(String name) {
        return call(() -> api.createRun(new CreateRun(experiment, name))).id();
    }

    private void log(RunId run, LogBatch batch) {
        process.run(() -> api.log(run, batch));
    }

    private Void logAndReturn(RunId run, LogBatch batch) {
        api.log(run, batch);
        return null;
    }

    private static LogBatch metrics(Metric... metrics) {
        return new LogBatch(List.of(metrics), List.of(), List.of());
    }

    private static Metric metric(String key, long step, double value) {
        return new Metric(key, value, 1000, step);
    }

    private <T> T call(Supplier<T> call) {
        return process.call(call);
    }

    private void refused(String code, Supplier<?> call) {
        ThrowingCallable refused = () -> call(call);
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(refused)
                .matches(e -> e.code().equals(code), code);
    }
}
