package dev.slipway.runtime.entity;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.Outage;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.GraphStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives entities that an earlier version wrote the facets that searches look for, once for each {@link FacetLayout}. It walks
 * through the whole graph in the background, a page at a time with as long a pause after it, and remembers after each page how
 * far it is. Any number of processes may do so at once. {@code slipway.facets.backfill=false} leaves it out.
 */
@Singleton
@Requires(beans = GraphStore.class)
@Requires(property = "slipway.facets.backfill", notEquals = "false")
final class FacetBackfill {
    private static final Logger LOG = LoggerFactory.getLogger(FacetBackfill.class);
    private static final int PAGE = 500;
    private static final long BETWEEN_LINES = Duration.ofSeconds(10).toNanos();
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    private final GraphStore graph;
    private final Callers callers;
    private final FacetMarks marks;
    private final List<FacetRenewal<?, ?>> renewals;
    private final Counter renewed;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::walk, "facet-backfill");
    private volatile int pending;
    private long seen;
    private long lastLine = System.nanoTime();

    FacetBackfill(
            GraphStore graph,
            Callers callers,
            Entities entities,
            List<FacetLayout<?, ?>> layouts,
            MeterRegistry metrics) {
        this.graph = graph;
        this.callers = callers;
        this.marks = new FacetMarks(graph);
        this.renewals = layouts.stream()
                .<FacetRenewal<?, ?>>map(layout -> new FacetRenewal<>(layout, entities, graph))
                .toList();
        this.pending = renewals.size();
        this.renewed = Counter.builder("slipway.facets.backfilled")
                .description("How many entities of earlier versions this process has given their facets")
                .register(metrics);
        Gauge.builder("slipway.facets.pending", () -> pending)
                .description("Types of entities of which searches may still miss some that an earlier version wrote")
                .register(metrics);
    }

    @EventListener
    void start(StartupEvent event) {
        if (!renewals.isEmpty()) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Lets it end with the page it is at. */
    @EventListener
    void stop(ShutdownEvent event) {
        stopped.countDown();
        try {
            thread.join(SHUTDOWN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void walk() {
        Outage outage = new Outage(LOG, "the facets of entities of earlier versions can't be written");
        boolean more = true;
        while (more) {
            long began = System.nanoTime();
            long pause;
            try {
                more = page();
                outage.over();
                pause = System.nanoTime() - began;
            } catch (RuntimeException e) {
                outage.failed(e);
                pause = AFTER_FAILURE.toNanos();
            }
            try {
                more = more && !stopped.await(pause, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Whether there is more to do. */
    private boolean page() {
        List<FacetRenewal<?, ?>> wanted = renewals.stream()
                .filter(renewal -> marks.version(renewal.type()) < renewal.version())
                .toList();
        pending = wanted.size();
        if (wanted.isEmpty()) {
            if (renewed.count() > 0) {
                LOG.info("{} entities of earlier versions can be searched now", (long) renewed.count());
            }
            return false;
        }
        Optional<String> position = marks.position(wanted);
        Page<GraphRow> page;
        try {
            page = graph.rows(GraphRow.Kind.ENTITY, PAGE, position);
        } catch (SlipwayException e) {
            if (!e.code().equals("page.cursor") || position.isEmpty()) {
                throw e;
            }
            // The installation has moved to another kind of store, whose order is another.
            marks.restart(wanted, position.get());
            return true;
        }
        renew(wanted, page.items());
        tell(page.items().size());
        if (page.next().isPresent()) {
            marks.move(wanted, position, page.next().get());
        } else {
            marks.finish(wanted, position);
        }
        return true;
    }

    private void renew(List<FacetRenewal<?, ?>> wanted, List<GraphRow> rows) {
        Map<Workspace, List<EntityRow>> byWorkspace = rows.stream()
                .map(EntityRow.class::cast)
                .collect(Collectors.groupingBy(row -> row.entity().workspace()));
        byWorkspace.forEach((workspace, own) -> callers.runAs(
                Caller.service("facets", workspace),
                () -> wanted.forEach(renewal -> renewed.increment(renewal.renew(own)))));
    }

    private void tell(int rows) {
        seen += rows;
        if (System.nanoTime() - lastLine > BETWEEN_LINES) {
            lastLine = System.nanoTime();
            LOG.info(
                    "looking for entities without facets: {} of {} entities got theirs, more to come",
                    (long) renewed.count(),
                    seen);
        }
    }
}
