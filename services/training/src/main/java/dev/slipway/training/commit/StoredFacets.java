package dev.slipway.training.commit;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.GraphStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What was logged before to the runs of a group, as far as the group's requests depend on it. */
final class StoredFacets {
    private final Map<EntityId, List<Facet>> byRun;

    private StoredFacets(Map<EntityId, List<Facet>> byRun) {
        this.byRun = byRun;
    }

    /** Reads those of the runs that requests log params to or remove tags of. */
    static StoredFacets of(GraphStore graph, Workspace workspace, Collection<RunRequest> requests) {
        List<EntityId> runs = requests.stream()
                .filter(request -> !request.batch().params().isEmpty()
                        || !request.removedTags().isEmpty())
                .map(request -> EntityId.of(request.run()))
                .distinct()
                .toList();
        return new StoredFacets(runs.isEmpty() ? Map.of() : graph.facets(workspace, runs));
    }

    Stream<Facet> of(RunRequest request, FacetKind kind) {
        return byRun.getOrDefault(EntityId.of(request.run()), List.of()).stream()
                .filter(facet -> facet.kind() == kind);
    }

    /** Fails with {@code run.tag-unknown} unless the tags that the request removes are there. */
    void checkRemoved(RunRequest request) {
        for (String key : request.removedTags()) {
            if (of(request, FacetKind.TAG).noneMatch(tag -> tag.key().equals(key))) {
                throw SlipwayException.notFound(
                        "run.tag-unknown", "Run " + request.run() + " has no tag '" + key + "'.");
            }
        }
    }
}
