package dev.slipway.standalone.mlflow;

/** What is counted on both sides. */
public enum Kind {
    EXPERIMENTS("experiments"),
    RUNS("runs"),
    PARAMS("params"),
    TAGS("tags"),
    METRICS("metrics"),
    VALUES("metric values"),
    DATASETS("data sets of runs"),
    LOGGED_MODELS("logged models"),
    FILES("artifacts"),
    BYTES("bytes of artifacts"),
    MODELS("registered models"),
    VERSIONS("model versions"),
    ALIASES("aliases");

    private final String plural;

    Kind(String plural) {
        this.plural = plural;
    }

    /** For people, such as {@code runs}. */
    public String plural() {
        return plural;
    }
}
