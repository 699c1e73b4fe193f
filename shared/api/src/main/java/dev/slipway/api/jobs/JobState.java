package dev.slipway.api.jobs;

/** Where a job stands: QUEUED → RUNNING → one of the three ends; a lost worker brings it back to QUEUED. */
public enum JobState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether it is over, for good or ill. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
