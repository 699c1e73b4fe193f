package dev.slipway.training.metric;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a group: first the chunks, then the facets, one batch per workspace, then the answers. If the process dies in
 * between, points are there whose caller never had an answer; the caller's repetition of them is harmless.
 */
final class GroupWriter {
    private record FacetName(EntityId entity, FacetKind kind, String key) {}

    private final GraphStore graph;
    private final MetricStore metrics;
    private final InstantSource clock;
    private long lastTime;

    GroupWriter(GraphStore graph, MetricStore metrics, InstantSource clock) {
        this.graph = graph;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Completes the answers of all requests, whatever happens. */
    void write(List<LogRequest> group) {
        try {
            List<LogRequest> admitted = admit(group);
            List<Chunk> chunks = new ArrayList<>();
            admitted.forEach(request -> chunks.addAll(request.chunks()));
            if (!chunks.isEmpty()) {
                metrics.append(chunks);
            }
            Map<Workspace, List<LogRequest>> byWorkspace = new LinkedHashMap<>();
            for (LogRequest request : admitted) {
                byWorkspace
                        .computeIfAbsent(request.workspace(), workspace -> new ArrayList<>())
                        .add(request);
            }
            byWorkspace.forEach(this::writeFacets);
        } catch (RuntimeException | Error e) {
            // Nobody may be left waiting, not even after an Error; the thread goes on with the next group.
            group.forEach(request -> request.answer().completeExceptionally(e));
        }
    }

    private List<LogRequest> admit(List<LogRequest> group) {
        FirstParams params = FirstParams.of(graph, group);
        List<LogRequest> admitted = new ArrayList<>();
        for (LogRequest request : group) {
            try {
                params.admit(request);
                admitted.add(request);
            } catch (SlipwayException e) {
                request.answer().completeExceptionally(e);
            }
        }
        return admitted;
    }

    private void writeFacets(Workspace workspace, List<LogRequest> requests) {
        Map<FacetName, FacetUpdate> winners = new LinkedHashMap<>();
        for (LogRequest request : requests) {
            // Rises with each request, so that of two tags the one that came later wins within one millisecond too.
            lastTime = Math.max(clock.millis(), lastTime + 1);
            for (FacetUpdate update : request.facets(lastTime)) {
                winners.merge(
                        new FacetName(
                                update.entity().id(),
                                update.facet().kind(),
                                update.facet().key()),
                        update,
                        (old, next) -> next.facet().wins(old.facet()) ? next : old);
            }
        }
        Batch.Builder batch = Batch.in(workspace);
        winners.values().forEach(batch::facet);
        graph.commit(batch.build());
        requests.forEach(request -> request.answer().complete(null));
    }
}
