package dev.slipway.training.metric;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What one call wants logged.
 *
 * @param batch within {@link LogLimits}
 * @param answer completed once everything is durable, or has failed
 */
record LogRequest(Workspace workspace, KnownRun run, LogBatch batch, CompletableFuture<Void> answer) {

    /** How many things it logs. */
    int size() {
        return batch.metrics().size() + batch.params().size() + batch.tags().size();
    }

    /** A chunk for each metric. */
    List<Chunk> chunks() {
        Map<String, List<Point>> points = new LinkedHashMap<>();
        for (Metric metric : batch.metrics()) {
            points.computeIfAbsent(metric.key(), key -> new ArrayList<>())
                    .add(new Point(metric.step(), metric.timestamp(), metric.value()));
        }
        List<Chunk> chunks = new ArrayList<>();
        points.forEach(
                (key, values) -> chunks.add(new Chunk(new Series(workspace, EntityId.of(run.id()), key), values)));
        return chunks;
    }

    /**
     * The latest value of each metric, each param, and each tag.
     *
     * @param time of the tags, greater than any before, so that the last value wins
     */
    List<FacetUpdate> facets(long time) {
        Map<String, Facet> latest = new LinkedHashMap<>();
        for (Metric metric : batch.metrics()) {
            latest.merge(
                    metric.key(),
                    new Facet(
                            FacetKind.METRIC,
                            metric.key(),
                            new Facet.Value.Num(metric.value()),
                            metric.step(),
                            metric.timestamp()),
                    (old, next) -> next.wins(old) ? next : old);
        }
        List<FacetUpdate> updates = new ArrayList<>();
        latest.values().forEach(facet -> updates.add(update(facet)));
        batch.params().forEach(param -> updates.add(update(text(FacetKind.PARAM, param, 0))));
        Map<String, Param> tags = new LinkedHashMap<>();
        batch.tags().forEach(tag -> tags.put(tag.key(), tag));
        tags.values().forEach(tag -> updates.add(update(text(FacetKind.TAG, tag, time))));
        return updates;
    }

    private static Facet text(FacetKind kind, Param param, long time) {
        return new Facet(kind, param.key(), new Facet.Value.Text(param.value()), 0, time);
    }

    private FacetUpdate update(Facet facet) {
        return new FacetUpdate(EntityRef.of(EntityType.RUN, run.id()), EntityId.of(run.experiment()), facet);
    }
}
