package dev.slipway.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.RunId;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final InstantSource CLOCK = InstantSource.system();
    private static final IdGenerator IDS = new IdGenerator();

    @TempDir
    private Path data;

    private EmbeddedStores stores;
    private GroupCommitter committer;
    private final KnownRun run = new KnownRun(IDS.next(RunId::new), IDS.next(ExperimentId::new));

    @BeforeEach
    void open() {
        stores = EmbeddedStores.open(data, CLOCK);
        committer = new GroupCommitter(stores.graph(), stores.metrics(), CLOCK);
    }

    @AfterEach
    void close() {
        committer.close();
        stores.close();
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
                .matches(e -> e.code().equals("run.param-changed") && e.kind() == ErrorKind.CONFLICT)
                .withMessageContaining("is '1' and can't become '2'");
        assertThat(facets(FacetKind.PARAM))
                .extracting(facet -> facet.value().text())
                .containsExactly("1");
    }

    @Test
    void ofRefusedRequestsNothingIsWritten() {
        param("seed", "1");
        LogBatch batch = new LogBatch(List.of(metric("loss", 1, 1)), List.of(new Param("seed", "2")), List.of());

        assertThatExceptionOfType(SlipwayException.class).isThrownBy(() -> committer.log(WORKSPACE, run, batch));

        assertThat(points("loss")).isEmpty();
    }

    @Test
    void withinOneGroupTheFirstParamHolds() {
        GroupWriter writer = new GroupWriter(stores.graph(), stores.metrics(), CLOCK);
        LogRequest first = request("a");
        LogRequest second = request("b");
        LogRequest third = request("a");

        writer.write(List.of(first, second, third));

        assertThat(first.answer()).isCompleted();
        assertThat(second.answer()).isCompletedExceptionally();
        assertThat(third.answer()).isCompleted();
    }

    @Test
    void aTagTakesItsLastValueEvenWithinOneMillisecond() {
        for (String value : List.of("z", "a", "m")) {
            committer.log(
                    WORKSPACE,
                    run,
                    new LogBatch(List.of(), List.of(), List.of(new Param("stage", "x"), new Param("stage", value))));
        }

        assertThat(facets(FacetKind.TAG))
                .extracting(facet -> facet.value().text())
                .containsExactly("m");
    }

    @Test
    void aFullQueueRefusesAtOnceAndADrainedOneTakesAgain() throws Exception {
        LogQueue queue = new LogQueue(2, 100);
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
        stores.close();

        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> log(metric("loss", 1, 1)))
                    .matches(e -> e.code().equals("store.closed"));
        }
    }

    private LogRequest request(String value) {
        return new LogRequest(
                WORKSPACE,
                run,
                new LogBatch(List.of(), List.of(new Param("p", value)), List.of()),
                new CompletableFuture<>());
    }

    private void param(String key, String value) {
        committer.log(WORKSPACE, run, new LogBatch(List.of(), List.of(new Param(key, value)), List.of()));
    }

    private void log(Metric... metrics) {
        committer.log(WORKSPACE, run, new LogBatch(List.of(metrics), List.of(), List.of()));
    }

    private static Metric metric(String key, long step, double value) {
        return new Metric(key, value, 1000, step);
    }

    private List<Point> points(String key) {
        return stores.metrics()
                .range(series(run, key), Long.MIN_VALUE, Long.MAX_VALUE, 1000, Optional.empty())
                .items();
    }

    static Series series(KnownRun run, String key) {
        return new Series(WORKSPACE, EntityId.of(run.id()), key);
    }

    private List<Facet> facets(FacetKind kind) {
        EntityId id = EntityId.of(run.id());
        return stores.graph().facets(WORKSPACE, List.of(id)).getOrDefault(id, List.of()).stream()
                .filter(facet -> facet.kind() == kind)
                .toList();
    }
}
