package dev.slipway.api.training;

/** What came of repeating a run. */
public enum RepetitionVerdict {
    /** It has not ended. */
    PENDING,
    /** It made the same model, bit by bit. */
    SAME,
    /** It made another model; the differences of the metrics say how far it is off. */
    DIFFERENT,
    /** It failed or was stopped, so there is nothing to compare. */
    FAILED
}
