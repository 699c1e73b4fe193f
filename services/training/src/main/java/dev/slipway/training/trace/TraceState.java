package dev.slipway.training.trace;

/** How what a trace tells of came out. */
public enum TraceState {
    STATE_UNSPECIFIED,
    OK,
    ERROR,
    IN_PROGRESS;

    /** Whether it may still come out either way. */
    boolean open() {
        return this == IN_PROGRESS || this == STATE_UNSPECIFIED;
    }
}
