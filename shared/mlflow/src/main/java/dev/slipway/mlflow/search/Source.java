package dev.slipway.mlflow.search;

import java.util.Optional;

/** Where a searched value comes from. */
public enum Source {
    METRIC,
    PARAM,
    TAG,
    ATTRIBUTE,
    DATASET;

    /** The source that a word before the dot stands for. */
    static Optional<Source> of(String word) {
        return Optional.ofNullable(
                switch (word) {
                    case "metric", "metrics" -> METRIC;
                    case "param", "params", "parameter", "parameters" -> PARAM;
                    case "tag", "tags" -> TAG;
                    case "attribute", "attributes", "attr", "run" -> ATTRIBUTE;
                    case "dataset", "datasets" -> DATASET;
                    default -> null;
                });
    }
}
