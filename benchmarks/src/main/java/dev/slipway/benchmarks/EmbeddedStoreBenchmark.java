package dev.slipway.benchmarks;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How fast the embedded stores append metrics, and how long the first page of an ordered search takes. */
public final class EmbeddedStoreBenchmark {
    private static final int THREADS = 8;
    private static final int APPENDS_PER_THREAD = 10_000;
    private static final int RUNS = 100_000;
    private static final int PAGE = 100;
    private static final int SEARCHES = 50;

    private final IdGenerator ids = new IdGenerator();
    private final EntityId scope = ids.next(EntityId::new);

    private EmbeddedStoreBenchmark() {}

    /** The one argument is an empty folder to work in. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        EmbeddedStoreBenchmark benchmark = new EmbeddedStoreBenchmark();
        try (EmbeddedStores stores = EmbeddedStores.open(Path.of(arguments[0]), InstantSource.fixed(Instant.EPOCH))) {
            System.out.printf("single appends, %d threads: %.0f/s%n", THREADS, benchmark.appendRate(stores.metrics()));
            benchmark.makeRuns(stores.graph());
            List<Double> milliseconds = benchmark.searchTimes(stores.graph());
            System.out.printf(
                    "first page of %,d runs ordered by a metric: first %.1f ms, median %.1f ms, slowest %.1f ms%n",
                    RUNS,
                    milliseconds.get(0),
                    milliseconds.stream().sorted().toList().get(SEARCHES / 2),
                    milliseconds.stream().max(Double::compare).orElseThrow());
        }
    }

    /** Each append is one point in a transaction of its own. */
    private double appendRate(MetricStore metrics) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long start = System.nanoTime();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Series series = new Series(Workspace.DEFAULT, ids.next(EntityId::new), "loss");
                running.add(threads.submit(() -> {
                    for (int step = 0; step < APPENDS_PER_THREAD; step++) {
                        metrics.append(List.of(new Chunk(series, List.of(new Point(step, step, 1.0 / (step + 1))))));
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return THREADS * APPENDS_PER_THREAD / seconds(start);
    }

    private void makeRuns(GraphStore graph) {
        Random random = new Random(1);
        for (int made = 0; made < RUNS; made += 1000) {
            Batch.Builder batch = Batch.in(Workspace.DEFAULT);
            for (int i = 0; i < 1000; i++) {
                EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
                for (String key : List.of("loss", "accuracy", "f1")) {
                    Facet.Value value = new Facet.Value.Num(random.nextDouble());
                    batch.facet(new FacetUpdate(run, scope, new Facet(FacetKind.METRIC, key, value, 1, 1)));
                }
            }
            graph.commit(batch.build());
        }
    }

    private List<Double> searchTimes(GraphStore graph) {
        FacetQuery query = new FacetQuery(
                Workspace.DEFAULT,
                EntityType.RUN,
                List.of(scope),
                List.of(),
                List.of(new FacetQuery.Order.ByFacet(FacetKind.METRIC, "accuracy", true)),
                PAGE,
                Optional.empty());
        List<Double> milliseconds = new ArrayList<>();
        for (int i = 0; i < SEARCHES; i++) {
            long start = System.nanoTime();
            if (graph.search(query).items().size() != PAGE) {
                throw new IllegalStateException("the search has lost runs");
            }
            milliseconds.add(1000 * seconds(start));
        }
        return milliseconds;
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
