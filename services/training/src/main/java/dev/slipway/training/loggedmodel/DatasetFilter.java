package dev.slipway.training.loggedmodel;

import io.micronaut.core.annotation.Nullable;

/** A data set that models were measured on, or, without a digest, all of a name. */
public record DatasetFilter(String name, @Nullable String digest) {
    String key() {
        return MetricFacets.datasets(parts());
    }

    /** The key of a value of a metric on these. */
    String metric(MetricFacets.Which which, String key) {
        return which.key(key, parts());
    }

    private String[] parts() {
        return digest == null ? new String[] {name} : new String[] {name, digest};
    }
}
