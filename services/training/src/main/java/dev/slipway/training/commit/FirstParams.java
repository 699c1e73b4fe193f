package dev.slipway.training.commit;

import dev.slipway.api.training.Param;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.GraphStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Holds params to their first values, those that stand already and those of earlier requests of the same group. */
final class FirstParams {
    private record Key(Workspace workspace, RunId run, String key) {}

    private final Map<Key, String> values;

    private FirstParams(Map<Key, String> values) {
        this.values = values;
    }

    /** Reads the params of the runs that the requests log params to. */
    static FirstParams of(GraphStore graph, Collection<RunRequest> requests) {
        Map<Workspace, Set<EntityId>> runs = new HashMap<>();
        for (RunRequest request : requests) {
            if (!request.batch().params().isEmpty()) {
                runs.computeIfAbsent(request.workspace(), workspace -> new LinkedHashSet<>())
                        .add(EntityId.of(request.run()));
            }
        }
        Map<Key, String> values = new HashMap<>();
        runs.forEach((workspace, ids) -> {
            graph.facets(workspace, ids).forEach((run, facets) -> facets.stream()
                    .filter(facet -> facet.kind() == FacetKind.PARAM)
                    .forEach(facet -> values.put(
                            new Key(workspace, new RunId(run.value()), facet.key()),
                            facet.value().text())));
        });
        return new FirstParams(values);
    }

    /** Fails with {@code run.param-changed} if a param of the request has another value already. */
    void admit(RunRequest request) {
        Map<Key, String> added = new HashMap<>();
        for (Param param : request.batch().params()) {
            Key key = new Key(request.workspace(), request.run(), param.key());
            String first = values.getOrDefault(key, added.getOrDefault(key, param.value()));
            if (!first.equals(param.value())) {
                throw SlipwayException.invalid(
                        "run.param-changed",
                        "Param '" + param.key() + "' of run " + request.run() + " is '" + shortened(first)
                                + "' and can't become '" + shortened(param.value())
                                + "': params keep their first value. Log a tag or start a new run.");
            }
            added.put(key, param.value());
        }
        values.putAll(added);
    }

    private static String shortened(String value) {
        return value.length() <= 100 ? value : value.substring(0, 100) + "…";
    }
}
