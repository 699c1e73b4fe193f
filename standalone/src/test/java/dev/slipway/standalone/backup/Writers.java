package dev.slipway.standalone.backup;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.graph.Put;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/** Writes runs as services do: an artifact first, then points, then what refers to both. */
final class Writers implements AutoCloseable {
    static final String LOSS = "loss";
    static final Workspace WORKSPACE = Workspace.DEFAULT;
    private static final int THREADS = 3;

    private final EmbeddedStores stores;
    private final IdGenerator ids = new IdGenerator();
    private final EntityId scope = ids.next(EntityId::new);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Future<?>> running = new ArrayList<>();
    private long written;

    private Writers(EmbeddedStores stores) {
        this.stores = stores;
    }

    /** Writes so many runs into a folder. */
    static void fill(Path data, int runs) {
        try (EmbeddedStores stores = EmbeddedStores.open(data, InstantSource.system());
                Writers writers = new Writers(stores)) {
            writers.write(0, runs);
        }
    }

    /** Starts writing, until this is closed. */
    static Writers start(EmbeddedStores stores) {
        Writers writers = new Writers(stores);
        for (int i = 0; i < THREADS; i++) {
            int first = (i + 1) * 1_000_000;
            writers.running.add(writers.threads.submit(() -> writers.write(first, Integer.MAX_VALUE)));
        }
        return writers;
    }

    private void write(int first, int count) {
        EntityRef before = null;
        for (int i = 0; i < count && !stopped.get(); i++) {
            EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
            Digest model = stores.artifacts()
                    .put(("model " + (first + i)).repeat(50).getBytes(StandardCharsets.UTF_8))
                    .digest();
            Batch.Builder batch = Batch.in(WORKSPACE)
                    .put(new Put(
                            run.type(),
                            run.id(),
                            0,
                            1,
                            i,
                            "{\"model\":\"" + model + "\"}",
                            List.of(IndexEntry.of("a", IndexValue.of(i)))))
                    .claim(new ClaimChange.Take("run/" + (first + i), run.id().value()))
                    .event(new NewEvent(ids.next(EventId::new), "run.made", run, "test", i, "{}"));
            log(batch, run, 10);
            if (before != null) {
                batch.link(new Edge(run, EdgeType.DERIVED_FROM, before, i));
            }
            stores.graph().commit(batch.build());
            if (before != null) {
                Batch.Builder more = Batch.in(WORKSPACE);
                log(more, before, 20);
                stores.graph().commit(more.build());
            }
            before = run;
            told();
        }
    }

    private void log(Batch.Builder batch, EntityRef run, long steps) {
        List<Point> points = LongStream.range(steps - 10, steps)
                .mapToObj(step -> new Point(step, step, step))
                .toList();
        stores.metrics().append(List.of(new Chunk(new Series(WORKSPACE, run.id(), LOSS), points)));
        batch.facet(new FacetUpdate(
                run, scope, new Facet(FacetKind.METRIC, LOSS, new Facet.Value.Num(steps), steps - 1, steps)));
    }

    private synchronized void told() {
        written++;
        notifyAll();
    }

    /** Returns when so many more runs have been written. */
    synchronized void await(int more) {
        long end = written + more;
        try {
            while (written < end && running.stream().noneMatch(Future::isDone)) {
                wait(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped.set(true);
        threads.shutdown();
        try {
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a writer has failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
