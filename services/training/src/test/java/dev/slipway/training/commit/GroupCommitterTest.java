package dev.slipway.training.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import dev.slipway.training.TestProcess;
import dev.slipway.training.TrainingKinds;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GroupCommitterTest {
    private static final Workspace WORKSPACE = Workspace.DEFAULT;
    private static final Caller CALLER = new Caller("test", Set.of(Role.ENGINEER), WORKSPACE);

    @TempDir
    private Path data;

    private TestProcess process;
    private GroupCommitter committer;
    private ExperimentId experiment;
    private RunId run;

    @BeforeEach
    void open() {
        process = new TestProcess(data);
        committer = process.bean(GroupCommitter.class);
        TrainingApi api = process.bean(TrainingApi.class);
        experiment = process.call(() -> api.createExperiment(new CreateExperiment("e")))
                .id();
        run = process.call(() -> api.createRun(new CreateRun(experiment, "r"))).id();
    }

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void whatManyThreadsLogIsAllThereWhenTheyHaveTheirAnswers() throws Exception {
        int threads = 8;
        int each = 250;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> loggers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String key = "loss" + thread;
                loggers.add(pool.submit(() -> {
                    for (int step = 1; step <= each; step++) {
                        log(metric(key, step, step));
                    }
                }));
            }
            for (Future<?> logger : loggers) {
                logger.get();
            }
        } finally {
            pool.shutdownNow();
        }

        for (int thread = 0; thread < threads; thread++) {
            assertThat(points("loss" + thread))
                    .extracting(Point::step)
                    .hasSize(each)
                    .isSorted();
        }
        assertThat(facets(FacetKind.METRIC)).hasSize(threads).allSatisfy(facet -> assertThat(facet.step())
                .isEqualTo(each));
    }

    @Test
    void theLatestValueIsThatOfTheGreatestStepInWhateverOrder() {
        log(metric("loss", 3, 0.3), metric("loss", 1, 0.1), metric("loss", 2, Double.NaN));
        log(metric("loss", 2, 0.2));

        assertThat(facets(FacetKind.METRIC)).singleElement().satisfies(facet -> {
            assertThat(facet.step()).isEqualTo(3);
            assertThat(facet.value()).isEqualTo(new Facet.Value.Num(0.3));
        });
        assertThat(points("loss")).extracting(Point::value).containsExactly(0.1, 0.2, Double.NaN, 0.3);
    }

    @Test
    void aParamKeepsItsFirstValueAndItsRefusalHurtsNobodyElse() {
        param("seed", "1");
        param("seed", "1");

        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> param("seed", "2"))
                .matches(e -> e.code().equals("run.param-changed") && e.kind() == ErrorKind.INVALID)
                .withMessageContaining("is '1' and can't become '2'");
        assertThat(facets(FacetKind.PARAM))
                .extracting(facet -> facet.value().text())
                .containsExactly("1");
    }

    @Test
    void ofRefusedRequestsNothingIsWritten() {
        param("seed", "1");
        LogBatch batch = new LogBatch(List.of(metric("loss", 1, 1)), List.of(new Param("seed", "2")), List.of());

        assertThatExceptionOfType(SlipwayException.class).isThrownBy(() -> log(run, batch));

        assertThat(points("loss")).isEmpty();
    }

    @Test
    void withinOneGroupTheFirstParamHolds() {
        GroupWriter writer = writer();
        RunRequest first = request("a");
        RunRequest second = request("b");
        RunRequest third = request("a");

        writer.write(List.of(first, second, third));

        assertThat(first.answer()).isCompleted();
        assertThat(second.answer()).isCompletedExceptionally();
        assertThat(third.answer()).isCompleted();
    }

    @Test
    void aTagTakesItsLastValueEvenWithinOneMillisecond() {
        for (String value : List.of("z", "a", "m")) {
            log(run, new LogBatch(List.of(), List.of(), List.of(new Param("stage", "x"), new Param("stage", value))));
        }

        assertThat(facets(FacetKind.TAG))
                .filteredOn(facet -> facet.key().equals("stage"))
                .extracting(facet -> facet.value().text())
                .containsExactly("m");
    }

    @Test
    void aFullQueueRefusesAtOnceAndADrainedOneTakesAgain() throws Exception {
        RequestQueue queue = new RequestQueue(2, 100);
        queue.add(request("a"));
        queue.add(request("a"));

        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> queue.add(request("a")))
                .matches(e -> e.code().equals("run.log-busy") && e.kind() == ErrorKind.UNAVAILABLE);

        assertThat(queue.takeGroup(1)).hasSize(1);
        queue.add(request("a"));
        queue.close();
        assertThat(queue.takeGroup(10)).hasSize(2);
        assertThat(queue.takeGroup(10)).isEmpty();
    }

    @Test
    void aClosedCommitterHasWrittenEverythingAndRefusesMore() {
        log(metric("loss", 1, 1));
        committer.close();

        assertThat(points("loss")).hasSize(1);
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> log(metric("loss", 2, 2)))
                .matches(e -> e.code().equals("run.log-closed"));
    }

    @Test
    void aStoreThatFailsFailsTheCallersAndNotTheCommitter() {
        process.bean(GraphStore.class).close();

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> log(metric("loss", 1, 1)))
                    .matches(e -> e.code().equals("store.closed"));
        }
    }

    @Test
    void oneRunIsChangedByManyOfAGroupWithoutLosingAny() {
        List<RunRequest> group = new ArrayList<>();
        for (String user : List.of("a", "b", "c")) {
            group.add(request(new RunEdit.Alter(
                    before -> before.withUser((before.user() == null ? "" : before.user()) + user), false)));
        }

        writer().write(group);

        assertThat(group).allSatisfy(request -> assertThat(request.answer()).isCompleted());
        assertThat(read().body().user()).isEqualTo("abc");
        assertThat(read().revision()).isEqualTo(4);
    }

    @Test
    void aChangeThatAnotherWriterOvertakesIsMadeAgain() {
        List<Long> seen = new ArrayList<>();
        RunRequest request = request(new RunEdit.Alter(
                before -> {
                    seen.add(before.started());
                    if (seen.size() == 1) {
                        // Somebody outside the committer is quicker.
                        Change change = process.bean(Entities.class).change();
                        RunChanges.update(change, read(), before.withUser("other"));
                        change.commit();
                    }
                    return before.withName("renamed");
                },
                false));

        process.run(() -> writer().write(List.of(request)));

        assertThat(seen).hasSize(2);
        assertThat(read().body().name()).isEqualTo("renamed");
        assertThat(read().body().user()).isEqualTo("other");
    }

    @Test
    void aChangeThatChangesNothingWritesNothing() {
        RunRequest request = request(new RunEdit.Alter(before -> before.withName("r"), false));

        writer().write(List.of(request));

        assertThat(request.answer().join().revision()).isEqualTo(1);
    }

    @Test
    void deletedRunsTakeNothing() {
        process.run(() -> committer.updateEvenDeleted(run, before -> before.withDeleted(1L)));

        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> log(metric("loss", 1, 1)))
                .matches(e -> e.code().equals("run.deleted"));
        assertThat(points("loss")).isEmpty();
    }

    private GroupWriter writer() {
        return new GroupWriter(
                process.bean(Entities.class),
                process.bean(GraphStore.class),
                process.bean(MetricStore.class),
                process.bean(Callers.class),
                InstantSource.system(),
                process.bean(RunNews.class));
    }

    private Entity<RunId, Run> read() {
        return process.call(() -> process.bean(Entities.class).get(TrainingKinds.RUN, run));
    }

    private RunRequest request(String value) {
        return new RunRequest(
                CALLER,
                run,
                new RunEdit.Keep(),
                new LogBatch(List.of(), List.of(new Param("p", value)), List.of()),
                List.of(),
                new CompletableFuture<>());
    }

    private RunRequest request(RunEdit edit) {
        return new RunRequest(
                CALLER, run, edit, new LogBatch(List.of(), List.of(), List.of()), List.of(), new CompletableFuture<>());
    }

    private void param(String key, String value) {
        log(run, new LogBatch(List.of(), List.of(new Param(key, value)), List.of()));
    }

    private void log(Metric... metrics) {
        log(run, new LogBatch(List.of(metrics), List.of(), List.of()));
    }

    private void log(RunId id, LogBatch batch) {
        process.run(() -> committer.log(id, batch));
    }

    private static Metric metric(String key, long step, double value) {
        return new Metric(key, value, 1000, step);
    }

    private List<Point> points(String key) {
        return process.bean(MetricStore.class)
                .range(series(run, key), Long.MIN_VALUE, Long.MAX_VALUE, 1000, Optional.empty())
                .items();
    }

    static Series series(RunId run, String key) {
        return new Series(WORKSPACE, EntityId.of(run), key);
    }

    private List<Facet> facets(FacetKind kind) {
        EntityId id = EntityId.of(run);
        return process.bean(GraphStore.class).facets(WORKSPACE, List.of(id)).getOrDefault(id, List.of()).stream()
                .filter(facet -> facet.kind() == kind)
                .toList();
    }
}
