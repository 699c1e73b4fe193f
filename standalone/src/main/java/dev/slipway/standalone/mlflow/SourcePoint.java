package dev.slipway.standalone.mlflow;

import io.micronaut.core.annotation.Nullable;

/**
 * A value of a metric.
 *
 * @param run that logged it
 * @param datasetName null when it was measured on no data set that is known, as {@code datasetDigest} then
 */
record SourcePoint(
        String run,
        String key,
        double value,
        long timestamp,
        long step,
        @Nullable String datasetName,
        @Nullable String datasetDigest) {}
