package dev.slipway.runtime.jobs;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.Map;

/**
 * How this process carries out jobs.
 *
 * @param poll how long a worker that found nothing waits before it looks for jobs that other processes queued
 * @param heartbeat how often a running job shows that it lives
 * @param lease for how long a heartbeat may stand still, on the observer's monotonic clock, before the job is taken away
 * @param attempts how often a job is started at most when its workers die
 * @param patience how long a job goes on trying when a store or service can't answer, before it has failed
 * @param shutdown how long a process that ends waits for its jobs before it gives them back
 * @param workers how many jobs of one kind run here at once
 * @param kinds the same for kinds that differ, by kind
 */
@ConfigurationProperties("slipway.jobs")
public record JobsConfiguration(
        @Bindable(defaultValue = "500ms") Duration poll,
        @Bindable(defaultValue = "1s") Duration heartbeat,
        @Bindable(defaultValue = "15s") Duration lease,
        @Bindable(defaultValue = "3") int attempts,
        @Bindable(defaultValue = "2m") Duration patience,
        @Bindable(defaultValue = "10s") Duration shutdown,
        @Bindable(defaultValue = "2") int workers,
        @Bindable(defaultValue = "{}") Map<String, Integer> kinds) {
    int workersOf(String kind) {
        return Math.max(1, kinds.getOrDefault(kind, workers));
    }
}
