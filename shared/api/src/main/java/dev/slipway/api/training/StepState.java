package dev.slipway.api.training;

/** Where a step of a pipeline run stands. */
public enum StepState {
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED
}
