package dev.slipway.mlflow;

import java.util.regex.Pattern;

/** The addresses of MLflow's REST API. */
final class MlflowPaths {
    /** What MLflow's own page asks under, the same as under {@code /api/}. */
    static final String PAGE = "/ajax-api/";

    static final String CLIENTS = "/api/";

    private static final Pattern ALL =
            Pattern.compile("/api/[23]\\.0/mlflow(-artifacts)?(/.*)?|(/model-versions)?/get-artifact|/v1/traces");

    private MlflowPaths() {}

    static boolean covers(String path) {
        return ALL.matcher(path).matches();
    }
}
