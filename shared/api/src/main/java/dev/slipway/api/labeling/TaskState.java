package dev.slipway.api.labeling;

/** Whether a task waits for its label. */
public enum TaskState {
    UNLABELLED,
    /** Its label is accepted, and goes into the next dataset version. */
    LABELLED
}
