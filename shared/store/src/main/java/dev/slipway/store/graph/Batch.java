package dev.slipway.store.graph;

import dev.slipway.kernel.Workspace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What is written together or not at all: changed entities, the edges between them, the names they claim, their facets
 * and the events that tell of it. An entity is put once at most, a claim named once at most. All removals come before
 * the facets that are set, so to do both to one is to replace it whatever stood there. Make one with {@link #in}.
 */
public record Batch(
        Workspace workspace,
        List<Put> puts,
        List<Edge> links,
        List<ClaimChange> claims,
        List<FacetRemoval> removals,
        List<FacetUpdate> facets,
        List<NewEvent> events) {
    public Batch {
        puts = List.copyOf(puts);
        links = List.copyOf(links);
        claims = List.copyOf(claims);
        removals = List.copyOf(removals);
        facets = List.copyOf(facets);
        events = List.copyOf(events);
        once(puts, Put::id);
        once(claims, ClaimChange::name);
    }

    private static <T> void once(List<T> parts, Function<? super T, ?> name) {
        Set<Object> names = new HashSet<>();
        for (T part : parts) {
            if (!names.add(name.apply(part))) {
                throw new IllegalArgumentException(name.apply(part) + " stands twice in one batch");
            }
        }
    }

    public static Builder in(Workspace workspace) {
        return new Builder(workspace);
    }

    /** Collects the parts of a batch. Not safe for use by several threads. */
    public static final class Builder {
        private final Workspace workspace;
        private final List<Put> puts = new ArrayList<>();
        private final List<Edge> links = new ArrayList<>();
        private final List<ClaimChange> claims = new ArrayList<>();
        private final List<FacetRemoval> removals = new ArrayList<>();
        private final List<FacetUpdate> facets = new ArrayList<>();
        private final List<NewEvent> events = new ArrayList<>();

        private Builder(Workspace workspace) {
            this.workspace = workspace;
        }

        public Builder put(Put put) {
            puts.add(put);
            return this;
        }

        public Builder link(Edge edge) {
            links.add(edge);
            return this;
        }

        public Builder claim(ClaimChange claim) {
            claims.add(claim);
            return this;
        }

        /** Removes a facet, also if it was set before in this batch; it may be set after. */
        public Builder remove(FacetRemoval facet) {
            facets.removeIf(facet::isOf);
            removals.add(facet);
            return this;
        }

        public Builder facet(FacetUpdate facet) {
            facets.add(facet);
            return this;
        }

        public Builder event(NewEvent event) {
            events.add(event);
            return this;
        }

        /** Adds all parts of another batch of the same workspace. */
        public Builder addAll(Builder other) {
            if (!workspace.equals(other.workspace)) {
                throw new IllegalArgumentException(workspace + " and " + other.workspace + " have no batch in common");
            }
            puts.addAll(other.puts);
            links.addAll(other.links);
            claims.addAll(other.claims);
            removals.addAll(other.removals);
            other.removals.forEach(this::remove);
            facets.addAll(other.facets);
            events.addAll(other.events);
            return this;
        }

        public Batch build() {
            return new Batch(workspace, puts, links, claims, removals, facets, events);
        }
    }
}
