package dev.slipway.api.training;

/** Where a run stands; the names are MLflow's. */
public enum RunState {
    SCHEDULED,
    RUNNING,
    FINISHED,
    FAILED,
    KILLED
}
