package dev.slipway.standalone.mlflow;

import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.Map;

/**
 * A run of the source.
 *
 * @param status such as {@code FINISHED}
 * @param started UTC milliseconds; null when nobody knows
 * @param ended UTC milliseconds; null for one that has not ended
 * @param metrics the keys of its metrics
 * @param outputs the logged models that it made, with the step of each
 */
record SourceRun(
        String id,
        String experiment,
        String name,
        String user,
        String status,
        @Nullable Long started,
        @Nullable Long ended,
        boolean deleted,
        Map<String, String> params,
        Map<String, String> tags,
        List<String> metrics,
        List<Dataset> datasets,
        List<String> modelInputs,
        Map<String, Long> outputs) {
    /**
     * A data set that it used.
     *
     * @param tags such as what for
     */
    record Dataset(
            String name,
            String digest,
            String sourceType,
            String source,
            @Nullable String schema,
            @Nullable String profile,
            Map<String, String> tags) {
        /** As servers and folders tell of one. */
        static Dataset of(Json dataset, Map<String, String> tags) {
            return new Dataset(
                    dataset.required("name"),
                    dataset.required("digest"),
                    dataset.text("source_type", ""),
                    dataset.text("source", ""),
                    dataset.text("schema"),
                    dataset.text("profile"),
                    tags);
        }
    }
}
