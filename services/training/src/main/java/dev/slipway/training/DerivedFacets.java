package dev.slipway.training;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.Id;
import dev.slipway.runtime.entity.Change;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import java.util.HashMap;
import java.util.Map;

/** The facets of an entity whose body says all of them. Not safe for use by several threads. */
public final class DerivedFacets {
    private final Map<Name, Facet.Value> values = new HashMap<>();

    private record Name(FacetKind kind, String key) {}

    public void number(String attribute, long value) {
        put(FacetKind.ATTRIBUTE, attribute, new Facet.Value.Num(value));
    }

    public void text(String attribute, String value) {
        text(FacetKind.ATTRIBUTE, attribute, value);
    }

    public void text(FacetKind kind, String key, String value) {
        put(kind, key, new Facet.Value.Text(value));
    }

    /** In place of one of the same name. */
    public void put(FacetKind kind, String key, Facet.Value value) {
        values.put(new Name(kind, key), value);
    }

    /**
     * Writes those that differ from the ones that are there, and removes what is among these only.
     *
     * @param scope they are searched in
     * @param revision that the change makes, so that its values win
     */
    public void replace(DerivedFacets there, Change change, EntityRef entity, Id scope, long revision) {
        there.values.keySet().stream()
                .filter(name -> !values.containsKey(name))
                .forEach(name -> change.remove(entity, name.kind(), name.key()));
        values.forEach((name, value) -> {
            if (!value.equals(there.values.get(name))) {
                change.facet(entity, scope, new Facet(name.kind(), name.key(), value, revision, change.now()));
            }
        });
    }
}
