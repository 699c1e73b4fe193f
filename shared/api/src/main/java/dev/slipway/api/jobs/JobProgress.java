package dev.slipway.api.jobs;

import dev.slipway.kernel.id.JobId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * How far a job has come. It is written at most once a second and tells of nothing that matters when it is lost.
 *
 * @param attempt of which attempt
 * @param fraction 0 to 1
 * @param message what it is doing, for people
 * @param heartbeat rises while the worker lives
 */
@Serdeable
public record JobProgress(JobId job, int attempt, double fraction, String message, long heartbeat) {}
