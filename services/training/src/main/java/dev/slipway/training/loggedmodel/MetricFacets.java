package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.Metric;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.training.HashedKey;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the metrics of a logged model stand in its facets: the latest of each key, of each key and data set, and of each key,
 * data set and run. The last of these are what answers tell, the others are what searches find.
 */
@Singleton
final class MetricFacets {
    private static final String TOLD = "metric";

    private final ObjectMapper json;

    MetricFacets(ObjectMapper json) {
        this.json = json;
    }

    /** The key under which the latest value of a metric on the data sets of a name is found. */
    static String onDatasets(String metric, String name) {
        return HashedKey.of("metric", metric, name);
    }

    /** The key under which the latest value of a metric on one data set is found. */
    static String onDataset(String metric, String name, String digest) {
        return HashedKey.of("metric", metric, name, digest);
    }

    /** The key of models with any metric on the data sets of a name. */
    static String datasets(String name) {
        return HashedKey.of("dataset", name);
    }

    /** The key of models with any metric on one data set. */
    static String dataset(String name, String digest) {
        return HashedKey.of("dataset", name, digest);
    }

    List<Facet> of(ModelMetric metric) {
        Metric latest = metric.metric();
        List<Facet> facets = new ArrayList<>();
        facets.add(number(FacetKind.METRIC, latest.key(), latest));
        ModelMetric.Dataset dataset = metric.dataset();
        if (dataset != null) {
            facets.add(number(FacetKind.DATASET, onDatasets(latest.key(), dataset.name()), latest));
            facets.add(number(FacetKind.DATASET, onDataset(latest.key(), dataset.name(), dataset.digest()), latest));
            facets.add(
                    new Facet(FacetKind.DATASET, datasets(dataset.name()), new Facet.Value.Text(dataset.name()), 0, 0));
            facets.add(new Facet(
                    FacetKind.DATASET,
                    dataset(dataset.name(), dataset.digest()),
                    new Facet.Value.Text(dataset.digest()),
                    0,
                    0));
        }
        facets.add(new Facet(
                FacetKind.ATTRIBUTE,
                HashedKey.of(
                        TOLD,
                        latest.key(),
                        metric.run().value(),
                        dataset == null ? "" : dataset.name(),
                        dataset == null ? "" : dataset.digest()),
                new Facet.Value.Text(write(StoredMetric.of(metric))),
                latest.step(),
                latest.timestamp()));
        return facets;
    }

    private static Facet number(FacetKind kind, String key, Metric metric) {
        return new Facet(kind, key, new Facet.Value.Num(metric.value()), metric.step(), metric.timestamp());
    }

    /** Those among the facets that answers tell. */
    List<ModelMetric> told(LoggedModelId model, List<Facet> facets) {
        return facets.stream()
                .filter(facet ->
                        facet.kind() == FacetKind.ATTRIBUTE && facet.key().startsWith(TOLD + "/"))
                .map(facet -> read(facet.value().text()).metric(model, facet))
                .toList();
    }

    private String write(StoredMetric metric) {
        try {
            return json.writeValueAsString(metric);
        } catch (IOException e) {
            throw SlipwayException.internal("logged-model.metric", "A metric has no JSON form.", e);
        }
    }

    private StoredMetric read(String text) {
        try {
            return json.readValue(text, StoredMetric.class);
        } catch (IOException e) {
            throw SlipwayException.internal("logged-model.metric", "A metric can't be read: " + text, e);
        }
    }
}
