package dev.slipway.runtime;

import jakarta.inject.Singleton;

/** What was committed by this process, so that nobody in it waits for the next poll. Other processes' commits are found by polling. */
@Singleton
public final class LocalNews {
    private final Signal events = new Signal();
    private final Signal queuedJobs = new Signal();
    private final Signal endedJobs = new Signal();

    /** An event was written. */
    public Signal events() {
        return events;
    }

    /** A job was queued, or a worker has become free. */
    public Signal queuedJobs() {
        return queuedJobs;
    }

    /** A job has ended. */
    public Signal endedJobs() {
        return endedJobs;
    }
}
