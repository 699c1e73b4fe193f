package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.Metric;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.store.graph.Facet;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A metric of a logged model as its facet holds it, which has the step and the time.
 *
 * @param value as {@link Double#toString} writes it, NaN and infinities included
 */
@Serdeable
record StoredMetric(
        String key,
        String value,
        RunId run,
        @Nullable String dataset,
        @Nullable String digest) {
    static StoredMetric of(ModelMetric metric) {
        return new StoredMetric(
                metric.metric().key(),
                Double.toString(metric.metric().value()),
                metric.run(),
                metric.dataset() == null ? null : metric.dataset().name(),
                metric.dataset() == null ? null : metric.dataset().digest());
    }

    ModelMetric metric(LoggedModelId model, Facet facet) {
        return new ModelMetric(
                model,
                run,
                new Metric(key, Double.parseDouble(value), facet.timestamp(), facet.step()),
                dataset == null ? null : new ModelMetric.Dataset(dataset, digest));
    }
}
