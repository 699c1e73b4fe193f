package dev.slipway.mlflow.search;

import java.util.Optional;

/** Where a searched value comes from. */
public enum Source {
    METRIC,
    PARAM,
    TAG,
    ATTRIBUTE,
    DATASET,
    /** What a trace was logged with. */
    METADATA,
    /** What somebody thought of a trace. */
    FEEDBACK,
    /** What a trace should have come to. */
    EXPECTATION,
    /** One of the spans of a trace. */
    SPAN;

    /** The source that a word before the dot stands for. */
    static Optional<Source> of(String word) {
        return Optional.ofNullable(
                switch (word) {
                    case "metric", "metrics" -> METRIC;
                    case "param", "params", "parameter", "parameters" -> PARAM;
                    case "tag", "tags" -> TAG;
                    case "attribute", "attributes", "attr", "run", "trace" -> ATTRIBUTE;
                    case "dataset", "datasets" -> DATASET;
                    case "metadata", "request_metadata" -> METADATA;
                    case "feedback" -> FEEDBACK;
                    case "expectation" -> EXPECTATION;
                    case "span" -> SPAN;
                    default -> null;
                });
    }
}
