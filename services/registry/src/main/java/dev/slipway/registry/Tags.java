package dev.slipway.registry;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.Id;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.GraphStore;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tags of models and versions. They are facets, so that searches find by them and giving one changes no entity. */
@Singleton
public final class Tags {
    private static final int MAX_VALUE = 100_000;
    private static final int MAX_TAGS = 1000;

    private final GraphStore graph;
    private final Callers callers;

    Tags(GraphStore graph, Callers callers) {
        this.graph = graph;
        this.callers = callers;
    }

    /** The tags of each entity, by key; empty for one without any. */
    public <I extends Id> Map<I, Map<String, String>> of(Collection<I> ids) {
        Map<EntityId, List<Facet>> facets = graph.facets(
                callers.workspace(), ids.stream().map(EntityId::of).distinct().toList());
        Map<I, Map<String, String>> tags = new HashMap<>();
        for (I id : ids) {
            Map<String, String> its = new TreeMap<>();
            facets.getOrDefault(EntityId.of(id), List.of()).stream()
                    .filter(facet -> facet.kind() == FacetKind.TAG)
                    .forEach(facet -> its.put(facet.key(), facet.value().text()));
            tags.put(id, its);
        }
        return tags;
    }

    /** Gives tags to an entity that the same change makes. */
    void give(Change change, EntityRef entity, EntityId scope, Map<String, String> tags) {
        checkCount(tags.size());
        tags.forEach((key, value) -> change.facet(entity, scope, tag(change, key, value, 0)));
    }

    /** Gives a tag to an entity that is there, in place of one with the same key. */
    void set(Change change, EntityRef entity, EntityId scope, String key, String value) {
        List<Facet> tags =
                graph.facets(callers.workspace(), List.of(entity.id())).getOrDefault(entity.id(), List.of()).stream()
                        .filter(facet -> facet.kind() == FacetKind.TAG)
                        .toList();
        Optional<Facet> earlier =
                tags.stream().filter(facet -> facet.key().equals(key)).findFirst();
        checkCount(tags.size() + (earlier.isPresent() ? 0 : 1));
        // One step beyond the earlier one, which it thereby follows even within one millisecond.
        change.facet(
                entity, scope, tag(change, key, value, earlier.map(Facet::step).orElse(-1L) + 1));
    }

    private static Facet tag(Change change, String key, String value, long step) {
        ModelNames.checkKey(key);
        Texts.atMost(MAX_VALUE, "tag's value", value);
        return new Facet(FacetKind.TAG, key, new Facet.Value.Text(value), step, change.now());
    }

    private static void checkCount(int count) {
        if (count > MAX_TAGS) {
            throw SlipwayException.invalid(
                    "tag.count", "A model or version has " + MAX_TAGS + " tags at most; delete some first.");
        }
    }
}
