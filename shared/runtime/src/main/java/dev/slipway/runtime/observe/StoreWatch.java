package dev.slipway.runtime.observe;

import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;

/** Asks the stores now and then, so that the metrics tell of one that is away even where nobody asks for readiness. */
@Singleton
final class StoreWatch {
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final List<StoreHealth> stores;
    private final TaskScheduler scheduler;
    private ScheduledFuture<?> task;

    StoreWatch(List<StoreHealth> stores, @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        this.stores = stores;
        this.scheduler = scheduler;
    }

    @EventListener
    synchronized void start(ServerStartupEvent event) {
        task = scheduler.scheduleWithFixedDelay(Duration.ZERO, PAUSE, this::look);
    }

    private synchronized void look() {
        stores.forEach(StoreHealth::look);
    }

    /** Waits for the answers of a look under way, so that no store is asked after it was closed. */
    @PreDestroy
    synchronized void stop() {
        if (task != null) {
            task.cancel(false);
        }
    }
}
