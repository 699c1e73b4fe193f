package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.Metric;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.OrderedDouble;
import dev.slipway.training.HashedKey;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the metrics of a logged model stand in its facets. Searches find the least, the greatest and the latest value of each key
 * on any data set, on those of a name and on each; answers tell the latest and the first point of each key, data set and run,
 * and what lies between from the time series whose name is the facet's key.
 */
@Singleton
final class MetricFacets {
    private static final String TOLD = "metric";
    private static final String FIRST = "first";

    private final ObjectMapper json;

    MetricFacets(ObjectMapper json) {
        this.json = json;
    }

    /** Which of the values of a metric. */
    enum Which {
        LEAST,
        GREATEST,
        /** Of the greatest timestamp, then step. */
        LATEST;

        /**
         * The key of the facet.
         *
         * @param on nothing for all, the name of data sets, or the name and the digest of one
         */
        String key(String metric, String... on) {
            List<String> parts = new ArrayList<>(List.of(metric));
            parts.addAll(List.of(on));
            return HashedKey.of("value-" + name().toLowerCase(Locale.ROOT), parts.toArray(String[]::new));
        }

        /** As a facet: the one with the greatest step, then timestamp, stays. */
        private Facet facet(Metric metric, String... on) {
            long order = OrderedDouble.encode(metric.value());
            return switch (this) {
                case LEAST -> by(metric, ~order, 0, on);
                case GREATEST -> by(metric, order, 0, on);
                case LATEST -> by(metric, metric.timestamp(), metric.step(), on);
            };
        }

        private Facet by(Metric metric, long first, long second, String... on) {
            return new Facet(
                    FacetKind.DATASET, key(metric.key(), on), new Facet.Value.Num(metric.value()), first, second);
        }
    }

    /** The key of models with any metric on the data sets of a name, or on one of that digest. */
    static String datasets(String... on) {
        return HashedKey.of("dataset", on);
    }

    /** The name of the time series that has the metric's points, and the key of the facet that tells of it. */
    static String series(ModelMetric metric) {
        ModelMetric.Dataset dataset = metric.dataset();
        return HashedKey.of(
                TOLD,
                metric.metric().key(),
                metric.run().value(),
                dataset == null ? "" : dataset.name(),
                dataset == null ? "" : dataset.digest());
    }

    List<Facet> of(ModelMetric metric) {
        Metric point = metric.metric();
        List<Facet> facets = new ArrayList<>();
        facets.add(new Facet(
                FacetKind.METRIC, point.key(), new Facet.Value.Num(point.value()), point.step(), point.timestamp()));
        values(facets, point);
        ModelMetric.Dataset dataset = metric.dataset();
        if (dataset != null) {
            values(facets, point, dataset.name());
            values(facets, point, dataset.name(), dataset.digest());
            facets.add(text(datasets(dataset.name()), dataset.name()));
            facets.add(text(datasets(dataset.name(), dataset.digest()), dataset.digest()));
        }
        facets.add(new Facet(
                FacetKind.ATTRIBUTE,
                series(metric),
                new Facet.Value.Text(write(StoredMetric.of(metric))),
                point.step(),
                point.timestamp()));
        facets.add(new Facet(
                FacetKind.ATTRIBUTE,
                first(series(metric)),
                new Facet.Value.Num(point.value()),
                ~point.step(),
                ~point.timestamp()));
        return facets;
    }

    /** NaN is neither less nor greater than anything. */
    private static void values(List<Facet> facets, Metric metric, String... on) {
        for (Which which : Which.values()) {
            if (which == Which.LATEST || !Double.isNaN(metric.value())) {
                facets.add(which.facet(metric, on));
            }
        }
    }

    private static Facet text(String key, String value) {
        return new Facet(FacetKind.DATASET, key, new Facet.Value.Text(value), 0, 0);
    }

    private static String first(String series) {
        return FIRST + series.substring(TOLD.length());
    }

    /** The ends of a series that answers tell. */
    record Told(ModelMetric first, ModelMetric latest) {
        /** Whether nothing else is in it. */
        boolean isOne() {
            return first.metric().step() == latest.metric().step()
                    && first.metric().timestamp() == latest.metric().timestamp();
        }
    }

    List<Told> told(LoggedModelId model, List<Facet> facets) {
        Map<String, Facet> firsts = new HashMap<>();
        facets.stream().filter(facet -> isAttribute(facet, FIRST)).forEach(facet -> firsts.put(facet.key(), facet));
        return facets.stream()
                .filter(facet -> isAttribute(facet, TOLD))
                .map(facet -> {
                    ModelMetric latest = read(facet.value().text()).metric(model, facet);
                    Facet first = firsts.get(first(facet.key()));
                    return new Told(first == null ? latest : first(latest, first), latest);
                })
                .toList();
    }

    private static ModelMetric first(ModelMetric latest, Facet first) {
        double value = first.value().number().orElseThrow();
        Metric point = new Metric(latest.metric().key(), value, ~first.timestamp(), ~first.step());
        return new ModelMetric(latest.model(), latest.run(), point, latest.dataset());
    }

    private static boolean isAttribute(Facet facet, String prefix) {
        return facet.kind() == FacetKind.ATTRIBUTE && facet.key().startsWith(prefix + "/");
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
