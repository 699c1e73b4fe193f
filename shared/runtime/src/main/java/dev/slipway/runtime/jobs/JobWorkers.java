package dev.slipway.runtime.jobs;

import dev.slipway.runtime.LocalNews;
import dev.slipway.runtime.Outage;
import dev.slipway.store.graph.GraphStore;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of this process. Each kind of job has a bounded number of platform threads of its own, so a pipeline that
 * waits for jobs of other kinds can never keep them from running. {@code slipway.jobs.enabled=false} leaves them out.
 */
@Singleton
@Requires(beans = GraphStore.class)
@Requires(property = "slipway.jobs.enabled", notEquals = "false")
final class JobWorkers {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorkers.class);

    private final JobHandlers handlers;
    private final JobClaimer claimer;
    private final JobRunner runner;
    private final JobHeartbeats heartbeats;
    private final LeaseWatch leases;
    private final LocalNews news;
    private final JobsConfiguration configuration;
    private final Map<JobHandler<?>, Semaphore> free;
    private final Map<RunningJob, Thread> threads = new ConcurrentHashMap<>();
    private final Thread dispatcher = new Thread(this::dispatch, "job-dispatcher");
    private final Thread keeper = new Thread(this::keep, "job-keeper");
    private volatile boolean stopping;
    private volatile boolean stopped;

    JobWorkers(
            JobHandlers handlers,
            JobClaimer claimer,
            JobRunner runner,
            JobHeartbeats heartbeats,
            LeaseWatch leases,
            LocalNews news,
            JobsConfiguration configuration,
            JobMetrics metrics) {
        this.handlers = handlers;
        this.claimer = claimer;
        this.runner = runner;
        this.heartbeats = heartbeats;
        this.leases = leases;
        this.news = news;
        this.configuration = configuration;
        this.free = handlers.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        handler -> handler, handler -> new Semaphore(configuration.workersOf(handler.kind()))));
        free.forEach((handler, workers) -> {
            int most = configuration.workersOf(handler.kind());
            metrics.workers(handler.kind(), most, () -> most - workers.availablePermits());
        });
    }

    @EventListener
    void start(StartupEvent event) {
        if (!handlers.all().isEmpty()) {
            // The end of the process waits for jobs in stop(), so no thread needs to keep it alive.
            dispatcher.setDaemon(true);
            keeper.setDaemon(true);
            dispatcher.start();
            keeper.start();
        }
    }

    /** Takes no more jobs, lets the running ones finish for a while, then gives them back to the queue. */
    @EventListener
    void stop(ShutdownEvent event) {
        stopping = true;
        news.queuedJobs().raise();
        try {
            dispatcher.join();
            awaitThreads();
            heartbeats.running().forEach(job -> {
                job.stop(RunningJob.Stop.RELEASED);
                job.interrupt();
            });
            awaitThreads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.keySet().forEach(job -> LOG.warn("job {} did not stop; its lease will run out", job.id()));
        stopped = true;
        keeper.interrupt();
    }

    private void awaitThreads() throws InterruptedException {
        long deadline = System.nanoTime() + configuration.shutdown().toNanos();
        for (Thread thread : threads.values()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left > 0) {
                thread.join(left);
            }
        }
    }

    private void dispatch() {
        Outage outage = new Outage(LOG, "jobs can't be claimed");
        while (!stopping) {
            long seen = news.queuedJobs().count();
            try {
                handlers.all().forEach(this::claimAll);
                outage.over();
            } catch (RuntimeException e) {
                outage.failed(e);
            }
            try {
                news.queuedJobs().await(seen, configuration.poll());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void claimAll(JobHandler<?> handler) {
        Semaphore workers = free.get(handler);
        while (!stopping && workers.tryAcquire()) {
            Optional<RunningJob> claimed = Optional.empty();
            try {
                claimed = claimer.claim(handler);
            } finally {
                if (claimed.isEmpty()) {
                    workers.release();
                }
            }
            if (claimed.isEmpty()) {
                return;
            }
            launch(claimed.get(), handler, workers);
        }
    }

    private void launch(RunningJob job, JobHandler<?> handler, Semaphore workers) {
        Thread thread = new Thread(
                () -> {
                    try {
                        runner.run(job, handler);
                    } finally {
                        heartbeats.remove(job);
                        threads.remove(job);
                        workers.release();
                        news.queuedJobs().raise();
                    }
                },
                "job-" + handler.kind());
        thread.setDaemon(true);
        heartbeats.add(job);
        threads.put(job, thread);
        thread.start();
    }

    /** Heartbeats go on while the process waits for its last jobs. */
    private void keep() {
        Outage outage = new Outage(LOG, "jobs can't be looked after");
        while (!stopped) {
            try {
                heartbeats.beat();
                leases.look();
                outage.over();
            } catch (RuntimeException e) {
                // While nothing can be seen, a heartbeat that stands still tells nothing.
                leases.forget();
                outage.failed(e);
            }
            try {
                Thread.sleep(configuration.heartbeat().toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
