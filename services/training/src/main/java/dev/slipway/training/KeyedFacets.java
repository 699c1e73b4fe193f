package dev.slipway.training;

import dev.slipway.api.training.Param;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Takes the facets of one kind from all of an entity's, by key. */
public final class KeyedFacets {
    private KeyedFacets() {}

    public static Stream<Facet> of(List<Facet> facets, FacetKind kind) {
        return facets.stream().filter(facet -> facet.kind() == kind).sorted(Comparator.comparing(Facet::key));
    }

    /** The params or tags. */
    public static List<Param> texts(List<Facet> facets, FacetKind kind) {
        return of(facets, kind)
                .map(facet -> new Param(facet.key(), facet.value().text()))
                .toList();
    }
}
