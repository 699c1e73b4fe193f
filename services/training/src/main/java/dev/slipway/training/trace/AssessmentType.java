package dev.slipway.training.trace;

/** What an assessment says. */
public enum AssessmentType {
    /** What somebody, or a judge, thinks of an answer. */
    FEEDBACK,
    /** What the answer should have been. */
    EXPECTATION,
    /** A known problem that showed itself. */
    ISSUE
}
