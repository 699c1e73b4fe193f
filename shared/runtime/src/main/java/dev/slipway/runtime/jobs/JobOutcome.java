package dev.slipway.runtime.jobs;

import java.util.Locale;

/** How an attempt at a job came to its end. */
enum JobOutcome {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** The process stopped, and gave the job back. */
    RELEASED,
    /** The lease ran out. */
    LOST;

    /** As metrics and traces tell it. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
