package dev.slipway.lineage.openlineage;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.lineage.openlineage.OpenLineageEvent.Named;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.GraphStore;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Slipway itself holds, under the names that other tools give it: the namespace {@code slipway} and {@code
 * dataset-version/ID}, {@code run/ID} for the model that a run made, {@code model-version/ID}, {@code conversion/ID} or {@code release/ID}. So a job that read a dataset
 * version joins the lineage of that very version.
 */
@Singleton
final class OwnDatasets {
    static final String NAMESPACE = "slipway";

    static final Set<EntityType> TYPES = Set.of(
            EntityType.DATASET_VERSION,
            EntityType.RUN,
            EntityType.MODEL_VERSION,
            EntityType.CONVERSION,
            EntityType.RELEASE);

    private static final Pattern NAME = Pattern.compile("([a-z-]+)/([0-9a-f]{32})");

    private final GraphStore graph;
    private final Callers callers;

    OwnDatasets(GraphStore graph, Callers callers) {
        this.graph = graph;
        this.callers = callers;
    }

    static String name(EntityRef entity) {
        return entity.type().wireName() + "/" + entity.id();
    }

    Optional<EntityRef> find(Named dataset) {
        Matcher name = NAME.matcher(dataset.name());
        if (!dataset.namespace().equals(NAMESPACE) || !name.matches()) {
            return Optional.empty();
        }
        EntityId id = new EntityId(name.group(2));
        return Optional.ofNullable(graph.get(callers.workspace(), List.of(id)).get(id))
                .filter(found -> TYPES.contains(found.type()))
                .filter(found -> found.type().wireName().equals(name.group(1)))
                .map(found -> new EntityRef(found.type(), id));
    }
}
