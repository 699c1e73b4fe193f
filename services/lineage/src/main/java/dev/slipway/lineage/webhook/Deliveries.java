package dev.slipway.lineage.webhook;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.WebhookId;
import dev.slipway.runtime.Workspaces;
import dev.slipway.runtime.caller.Callers;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks, each in the order of events and one event at a time, so that a slow one holds up nobody else. They take turns
 * on a few threads, those that seem dead on others. What is left to tell stands in the webhook itself, so nothing waits in memory:
 * a process that starts, or sees that another one has stopped, goes on with it.
 */
@Singleton
@Requires(property = "slipway.events.enabled", notEquals = "false")
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(30);
    private static final Duration SHUTDOWN = Duration.ofSeconds(2);

    /** A webhook that is being told, or waits for its turn. */
    private record Lane(Workspace workspace, WebhookId webhook) {}

    /** When a revision was first seen here. */
    private record Sighting(long revision, long nanos) {}

    private final Webhooks webhooks;
    private final NextDelivery next;
    private final Callers callers;
    private final Workspaces workspaces;
    private final WebhookSettings settings;
    private final ExecutorService living;
    private final ExecutorService dead;
    private final Thread watch = daemon(this::watch, "webhooks-watch");
    private final CountDownLatch stopped = new CountDownLatch(1);
    /** How often each has been woken since it began; one that is told is never told by a second thread. */
    private final Map<Lane, Integer> wakes = new ConcurrentHashMap<>();

    /** Those that could not be told for a fault of ours. */
    private final Set<Lane> failed = ConcurrentHashMap.newKeySet();

    /** Those whose fault the log has told. */
    private final Set<Lane> lamented = ConcurrentHashMap.newKeySet();

    private Map<Lane, Sighting> sightings = new HashMap<>();
    private boolean started;

    Deliveries(
            Webhooks webhooks,
            NextDelivery next,
            Callers callers,
            Workspaces workspaces,
            WebhookSettings settings,
            MeterRegistry metrics) {
        this.webhooks = webhooks;
        this.next = next;
        this.callers = callers;
        this.workspaces = workspaces;
        this.settings = settings;
        this.living = threads("webhooks", Math.max(1, settings.concurrency()));
        this.dead = threads("webhooks-dead", Math.max(1, settings.concurrency() / 4));
        Gauge.builder("slipway.webhooks.behind", wakes::size)
                .description("Webhooks that this process is telling, or has yet to tell, of something")
                .register(metrics);
    }

    private static ExecutorService threads(String name, int most) {
        return Executors.newFixedThreadPool(most, work -> daemon(work, name));
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @EventListener
    void start(StartupEvent event) {
        watch.start();
    }

    /** Lets deliveries end that end soon; the others are made again by whoever comes next. */
    @EventListener
    void stop(ShutdownEvent event) {
        stopped.countDown();
        living.shutdown();
        dead.shutdown();
        long deadline = System.nanoTime() + SHUTDOWN.toNanos();
        try {
            for (ExecutorService threads : List.of(living, dead)) {
                if (!threads.awaitTermination(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    threads.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            living.shutdownNow();
            dead.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        long between = Math.max(AFTER_FAILURE.toNanos(), Math.min(LONGEST_SWEEP.toNanos(), abandoned()));
        long next = System.nanoTime();
        try {
            do {
                failed.removeIf(lane -> {
                    submit(living, lane);
                    return true;
                });
                if (System.nanoTime() - next >= 0) {
                    next = System.nanoTime() + between;
                    sweep();
                }
            } while (!stopped.await(AFTER_FAILURE.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After how long nobody can be telling a webhook that has not changed, in nanoseconds. */
    private long abandoned() {
        return settings.longestDelivery().multipliedBy(2).toNanos();
    }

    private boolean isStopping() {
        return stopped.getCount() == 0;
    }

    /** Has a webhook told what it is to be told. */
    void wake(Workspace workspace, WebhookId webhook) {
        Lane lane = new Lane(workspace, webhook);
        if (wakes.merge(lane, 1, Integer::sum) == 1) {
            submit(living, lane);
        }
    }

    private void submit(ExecutorService threads, Lane lane) {
        try {
            if (!isStopping()) {
                threads.execute(() -> turn(threads, lane));
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("the process ends; webhook {} is told by the next one", lane.webhook());
        }
    }

    /** Tells a webhook one event and puts it behind the others that wait. */
    private void turn(ExecutorService threads, Lane lane) {
        if (isStopping()) {
            return;
        }
        int seen = wakes.getOrDefault(lane, 0);
        try {
            Webhook webhook = as(lane.workspace(), () -> webhooks.find(lane.webhook()));
            if (webhook.isBehind() && threads.equals(living) && webhook.seemsDead()) {
                submit(dead, lane);
            } else if (webhook.isBehind() && next(lane, webhook).isBehind()) {
                submit(living, lane);
            } else if (wakes.computeIfPresent(lane, (key, now) -> now == seen ? null : now) != null) {
                submit(living, lane);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (lamented.add(lane)) {
                LOG.warn("webhook {} is told later, as soon as this is over", lane.webhook(), e);
            }
            failed.add(lane);
        }
    }

    private Webhook next(Lane lane, Webhook webhook) throws InterruptedException {
        Webhook after = as(lane.workspace(), () -> next.tell(lane.workspace(), lane.webhook(), webhook));
        if (lamented.remove(lane)) {
            LOG.info("webhook {} is told again", lane.webhook());
        }
        return after;
    }

    /** Wakes what another process has left behind: all of it at the start, later what nobody has touched for long. */
    private void sweep() throws InterruptedException {
        Map<Lane, Sighting> seen = new HashMap<>();
        try {
            for (Workspace workspace : workspaces.all()) {
                as(workspace, () -> {
                    sweep(workspace, seen);
                    return null;
                });
            }
            sightings = seen;
            started = true;
        } catch (RuntimeException e) {
            LOG.warn("webhooks can't be looked through now: {}", e.getMessage());
        }
    }

    private void sweep(Workspace workspace, Map<Lane, Sighting> seen) {
        String cursor = null;
        do {
            Page<Entity<WebhookId, Webhook>> page = webhooks.list(Page.MAX_LIMIT, cursor);
            List<Entity<WebhookId, Webhook>> behind = page.items().stream()
                    .filter(webhook -> webhook.body().isBehind())
                    .toList();
            for (Entity<WebhookId, Webhook> webhook : behind) {
                Lane lane = new Lane(workspace, webhook.id());
                Sighting now = new Sighting(webhook.revision(), System.nanoTime());
                Sighting before = sightings.getOrDefault(lane, now);
                Sighting first = before.revision() == now.revision() ? before : now;
                seen.put(lane, first);
                if ((!started || now.nanos() - first.nanos() > abandoned()) && !wakes.containsKey(lane)) {
                    wake(workspace, webhook.id());
                }
            }
            cursor = page.next().orElse(null);
        } while (cursor != null);
    }

    private <T> T as(Workspace workspace, Callers.Interruptible<T> call) throws InterruptedException {
        return callers.waitAs(Caller.service("webhooks", workspace), call);
    }
}
