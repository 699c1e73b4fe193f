package dev.slipway.api.dataset;

/** What a part of a dataset version is for. */
public enum SplitName {
    TRAIN,
    VALIDATION,
    TEST
}
