package dev.slipway.training.loggedmodel;

import io.micronaut.core.annotation.Nullable;

/** A data set that models were measured on, or, without a digest, all of a name. */
public record DatasetFilter(String name, @Nullable String digest) {
    String key() {
        return digest == null ? MetricFacets.datasets(name) : MetricFacets.dataset(name, digest);
    }

    String metric(String key) {
        return digest == null ? MetricFacets.onDatasets(key, name) : MetricFacets.onDataset(key, name, digest);
    }
}
