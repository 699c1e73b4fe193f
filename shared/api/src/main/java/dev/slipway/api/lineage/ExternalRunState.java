package dev.slipway.api.lineage;

/** Where another tool's run stands. */
public enum ExternalRunState {
    /** Nothing but its name is known. */
    UNKNOWN,
    RUNNING,
    COMPLETED,
    ABORTED,
    FAILED;

    /** Whether nothing more can become of it. */
    public boolean ended() {
        return this == COMPLETED || this == ABORTED || this == FAILED;
    }
}
