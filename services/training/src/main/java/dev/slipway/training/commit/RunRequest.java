package dev.slipway.training.commit;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
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
 * What one call wants written to one run.
 *
 * @param batch within {@link LogLimits}
 * @param removedTags keys of tags that must be there
 * @param answer the run as it is once everything is durable, or why nothing was written
 */
record RunRequest(
        Caller caller,
        RunId run,
        RunEdit edit,
        LogBatch batch,
        List<String> removedTags,
        CompletableFuture<Entity<RunId, Run>> answer) {
    /** About as many rows as a run itself is, beside what is logged to it. */
    private static final int EDIT_SIZE = 10;

    Workspace workspace() {
        return caller.workspace();
    }

    boolean edits() {
        return !(edit instanceof RunEdit.Keep);
    }

    /** Whether it makes a run of an id that somebody has chosen. */
    boolean makesGiven() {
        return edit instanceof RunEdit.Make made && made.given();
    }

    /** How many things it writes. */
    int size() {
        return batch.metrics().size()
                + batch.params().size()
                + batch.tags().size()
                + removedTags.size()
                + (edits() ? EDIT_SIZE : 0);
    }

    /** A chunk for each metric. */
    List<Chunk> chunks() {
        Map<String, List<Point>> points = new LinkedHashMap<>();
        for (Metric metric : batch.metrics()) {
            points.computeIfAbsent(metric.key(), key -> new ArrayList<>())
                    .add(new Point(metric.step(), metric.timestamp(), metric.value()));
        }
        List<Chunk> chunks = new ArrayList<>();
        points.forEach((key, values) -> chunks.add(new Chunk(new Series(workspace(), EntityId.of(run), key), values)));
        return chunks;
    }

    /**
     * The latest value of each metric, each param, and each tag but the run's name, which goes with the run.
     *
     * @param time of the tags, greater than any before, so that the last value wins
     */
    List<FacetUpdate> facets(ExperimentId experiment, long time) {
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
        List<Facet> facets = new ArrayList<>(latest.values());
        batch.params().forEach(param -> facets.add(text(FacetKind.PARAM, param, 0)));
        Map<String, Param> tags = new LinkedHashMap<>();
        batch.tags().forEach(tag -> tags.put(tag.key(), tag));
        tags.remove(RunChanges.NAME_TAG);
        tags.values().forEach(tag -> facets.add(text(FacetKind.TAG, tag, time)));
        EntityId scope = EntityId.of(experiment);
        return facets.stream()
                .map(facet -> new FacetUpdate(RunChanges.ref(run), scope, facet))
                .toList();
    }

    private static Facet text(FacetKind kind, Param param, long time) {
        return new Facet(kind, param.key(), new Facet.Value.Text(param.value()), 0, time);
    }
}
