package dev.slipway.gateway.schema;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.gateway.GatewayConfiguration;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Follows jobs by looking at them again and again, in the follower's name. */
@Singleton
final class JobWatch {
    private final JobsApi jobs;
    private final Callers callers;
    private final GatewayConfiguration configuration;
    private final Scheduler clock;
    private final Scheduler blocking;

    JobWatch(
            JobsApi jobs,
            Callers callers,
            GatewayConfiguration configuration,
            @Named(TaskExecutors.SCHEDULED) ExecutorService clock,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.jobs = jobs;
        this.callers = callers;
        this.configuration = configuration;
        this.clock = Schedulers.fromExecutorService((ScheduledExecutorService) clock);
        this.blocking = Schedulers.fromExecutorService(blocking);
    }

    /** How the job stands now, then each change, until it has ended. */
    Publisher<JobUpdate> follow(JobId id) {
        Caller caller = callers.current();
        // A follower who is slower than the clock misses looks, never the last state.
        return Flux.interval(Duration.ZERO, configuration.progressInterval(), clock)
                .onBackpressureDrop()
                .concatMap(
                        tick -> Mono.fromCallable(() -> callers.callAs(caller, () -> look(id)))
                                .subscribeOn(blocking),
                        1)
                .distinctUntilChanged(JobUpdate::visible)
                .takeUntil(update -> update.state().isFinal());
    }

    private JobUpdate look(JobId id) {
        // Progress first: it never tells of more than the state that is read after it.
        var progress = jobs.progress(List.of(id)).stream().findFirst().orElse(null);
        Entity<JobId, Job> job = jobs.job(id);
        if (job == null) {
            throw SlipwayException.notFound("job.unknown", "The job that was followed is gone.");
        }
        return JobUpdate.of(job, progress);
    }
}
