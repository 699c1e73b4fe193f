package dev.slipway.mlflow.search;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Where a searched value comes from, with the words that stand for it before the dot. */
public enum Source {
    METRIC("metric", "metrics"),
    PARAM("param", "params", "parameter", "parameters"),
    TAG("tag", "tags"),
    ATTRIBUTE("attribute", "attributes", "attr", "run"),
    DATASET("dataset", "datasets");

    private final Set<String> words;

    Source(String... words) {
        this.words = Set.of(words);
    }

    static Optional<Source> of(String word) {
        return Arrays.stream(values())
                .filter(source -> source.words.contains(word))
                .findFirst();
    }
}
