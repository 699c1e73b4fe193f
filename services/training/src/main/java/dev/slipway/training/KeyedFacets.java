package dev.slipway.training;

import dev.slipway.api.training.Param;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import io.micronaut.core.annotation.Nullable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes the facets of one kind from all of an entity's, by key. */
public final class KeyedFacets {
    private KeyedFacets() {}

    public static Stream<Facet> of(List<Facet> facets, FacetKind kind) {
        return facets.stream().filter(facet -> facet.kind() == kind).sorted(Comparator.comparing(Facet::key));
    }

    /**
     * The latest values of metrics.
     *
     * @param keys of those wanted; null for all
     */
    public static List<Facet> metrics(List<Facet> facets, @Nullable Collection<String> keys) {
        return of(facets, FacetKind.METRIC)
                .filter(facet -> keys == null || keys.contains(facet.key()))
                .toList();
    }

    /** The params or tags. */
    public static List<Param> texts(List<Facet> facets, FacetKind kind) {
        return of(facets, kind)
                .map(facet -> new Param(facet.key(), facet.value().text()))
                .toList();
    }
}
