package dev.slipway.api.training;

/** How far the logging of a model has come. */
public enum LoggedModelStatus {
    /** Its files are being written. */
    PENDING,
    READY,
    FAILED
}
