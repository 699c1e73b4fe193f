package dev.slipway.runtime.events;

import dev.slipway.runtime.LocalNews;
import dev.slipway.runtime.Outage;
import dev.slipway.runtime.Signal;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.GraphStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the end of the event log, one per process, and wakes the readers when it has grown. Each reader goes on at its
 * own pace in a thread of its own, so that a slow one holds up no other. {@code slipway.events.enabled=false} leaves it out.
 */
@Singleton
@Requires(beans = GraphStore.class)
@Requires(property = "slipway.events.enabled", notEquals = "false")
final class EventTailer {
    private static final Logger LOG = LoggerFactory.getLogger(EventTailer.class);
    private static final int PAGE = 200;
    private static final long UNKNOWN = -1;
    // What is written in quick succession is read in one go.
    private static final long GATHERING_MILLISECONDS = 10;

    private final GraphStore graph;
    private final LocalNews news;
    private final EventsConfiguration configuration;
    private final RecentEvents recent;
    private final Signal growth = new Signal();
    private final List<ReaderLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile long last = UNKNOWN;

    EventTailer(
            GraphStore graph,
            LocalNews news,
            Callers callers,
            EventsConfiguration configuration,
            MeterRegistry metrics,
            List<EventReader> readers,
            List<EventReaders> more) {
        this.graph = graph;
        this.news = news;
        this.configuration = configuration;
        this.recent = new RecentEvents(graph);
        List<EventReader> all = new ArrayList<>(readers);
        more.forEach(source -> all.addAll(source.readers()));
        Set<String> names = new HashSet<>();
        for (EventReader reader : all) {
            if (!names.add(reader.name())) {
                throw new IllegalStateException("two event readers are named " + reader.name());
            }
            ReaderLoop loop = new ReaderLoop(reader, graph, recent, callers, configuration, growth);
            loops.add(loop);
            Gauge.builder("slipway.event.reader.lag", () -> Math.max(0, last - loop.position()))
                    .description("How many positions of the event log a reader has yet to pass")
                    .tag("reader", reader.name())
                    .register(metrics);
        }
    }

    @EventListener
    void start(StartupEvent event) {
        if (loops.isEmpty()) {
            return;
        }
        threads.add(new Thread(this::watch, "event-tailer"));
        loops.forEach(loop -> threads.add(new Thread(loop, "event-reader-" + loop.name())));
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Lets each reader end with the event it is at. */
    @EventListener
    void stop(ShutdownEvent event) {
        loops.forEach(ReaderLoop::stop);
        // The watch is the first thread; a reader is interrupted only when it takes long.
        threads.stream().limit(1).forEach(Thread::interrupt);
        growth.raise();
        try {
            long deadline = System.nanoTime() + configuration.shutdown().toNanos();
            for (Thread thread : threads) {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
                thread.interrupt();
            }
            for (Thread thread : threads) {
                thread.join(configuration.shutdown().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        Outage outage = new Outage(LOG, "the event log can't be read");
        while (!Thread.currentThread().isInterrupted()) {
            long seen = news.events().count();
            boolean more = false;
            try {
                more = look();
                outage.over();
            } catch (RuntimeException e) {
                outage.failed(e);
            }
            try {
                if (!more) {
                    news.events().await(seen, configuration.poll());
                    Thread.sleep(GATHERING_MILLISECONDS);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Whether there may be more. */
    private boolean look() {
        if (last == UNKNOWN) {
            last = graph.lastEventPosition();
        }
        List<Event> events = graph.events(last, PAGE);
        recent.add(last, events);
        if (!events.isEmpty()) {
            last = events.get(events.size() - 1).position();
            growth.raise();
        }
        return events.size() == PAGE;
    }
}
