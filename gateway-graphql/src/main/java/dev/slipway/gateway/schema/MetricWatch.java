package dev.slipway.gateway.schema;

import dev.slipway.api.training.AwaitPoints;
import dev.slipway.api.training.NewPoints;
import dev.slipway.api.training.RunsApi;
import dev.slipway.api.training.SeriesPlace;
import dev.slipway.gateway.GatewayConfiguration;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Follows the metrics of runs, in the follower's name: the service that holds them lets each call wait until there are some. */
@Singleton
final class MetricWatch {
    private static final long WAIT_MILLIS = 5000;

    private final RunsApi runs;
    private final Callers callers;
    private final GatewayConfiguration configuration;
    private final Semaphore followers;
    private final Scheduler clock;
    private final Scheduler blocking;

    MetricWatch(
            RunsApi runs,
            Callers callers,
            GatewayConfiguration configuration,
            @Named(TaskExecutors.SCHEDULED) ExecutorService clock,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.runs = runs;
        this.callers = callers;
        this.configuration = configuration;
        this.followers = new Semaphore(configuration.maximumFollowedMetrics());
        this.clock = Schedulers.fromExecutorService((ScheduledExecutorService) clock);
        this.blocking = Schedulers.fromExecutorService(blocking);
    }

    /**
     * What is there, then what comes, until all of the runs have ended.
     *
     * @param keys null for all metrics
     * @param places where the follower has left off
     */
    Publisher<MetricFeed.Update> follow(List<RunId> ids, @Nullable List<String> keys, List<SeriesPlace> places) {
        check(ids, keys, places);
        // What can't be followed is refused before anything is sent.
        runs.await(new AwaitPoints(ids, keys, places, 1, 0));
        if (!followers.tryAcquire()) {
            throw SlipwayException.tooLarge(
                    "graphql.too-many-operations",
                    "The metrics of runs are followed by " + configuration.maximumFollowedMetrics()
                            + " operations already; complete some, or try again later.");
        }
        AtomicBoolean over = new AtomicBoolean();
        MetricFeed feed = new MetricFeed(places);
        Caller caller = callers.current();
        // Nothing is asked for before the follower has taken what came, so a slow one is told more at a time.
        return Flux.interval(Duration.ZERO, configuration.progressInterval(), clock)
                .onBackpressureDrop()
                .concatMap(
                        tick -> Mono.fromCallable(() -> await(
                                        new AwaitPoints(ids, keys, feed.places(), AwaitPoints.MAX_POINTS, WAIT_MILLIS),
                                        caller,
                                        over))
                                .subscribeOn(blocking),
                        1)
                .takeUntil(NewPoints::ended)
                .map(feed::take)
                .filter(update -> !update.series().isEmpty())
                .doFinally(end -> followers.release())
                // Before the wait is interrupted.
                .doOnCancel(() -> over.set(true));
    }

    private static void check(List<RunId> ids, @Nullable List<String> keys, List<SeriesPlace> places) {
        for (SeriesPlace place : places) {
            if (!ids.contains(place.run()) || (keys != null && !keys.contains(place.key()))) {
                throw SlipwayException.invalid(
                        "graphql.cursor",
                        "'after' holds the cursor of a series that is not followed, of metric '" + place.key() + "'.");
            }
        }
    }

    /** Null once nobody follows any more, whose end interrupts the wait. */
    private @Nullable NewPoints await(AwaitPoints request, Caller caller, AtomicBoolean over) {
        try {
            return callers.callAs(caller, () -> runs.await(request));
        } catch (RuntimeException e) {
            if (over.get()) {
                return null;
            }
            throw e;
        }
    }
}
