package dev.slipway.api.training;

/** Whether a search finds what is deleted. */
public enum Lifecycle {
    ACTIVE,
    DELETED,
    ALL
}
