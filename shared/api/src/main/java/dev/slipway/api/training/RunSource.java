package dev.slipway.api.training;

/** What of a run is searched or ordered by. */
public enum RunSource {
    /** The latest value of a metric. */
    METRIC,
    PARAM,
    TAG,
    /** {@code run_name}, {@code status}, {@code user_id}, {@code start_time} or {@code end_time}, as MLflow calls them. */
    ATTRIBUTE,
    /** {@code name}, {@code digest} or {@code context} of a data set that the run used. */
    DATASET
}
