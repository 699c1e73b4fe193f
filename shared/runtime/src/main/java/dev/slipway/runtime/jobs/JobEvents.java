package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.JobState;

/** The types of the events that tell of a job's end. */
final class JobEvents {
    static final String FINISHED = "job.finished";
    static final String FAILED = "job.failed";
    static final String CANCELLED = "job.cancelled";

    private JobEvents() {}

    static String of(JobState end) {
        return switch (end) {
            case SUCCEEDED -> FINISHED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            case QUEUED, RUNNING -> throw new IllegalArgumentException(end + " is no end");
        };
    }
}
