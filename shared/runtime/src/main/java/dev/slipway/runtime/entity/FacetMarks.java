package dev.slipway.runtime.entity;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.GraphStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which facets all entities of an installation have, and how far a walk through them has come: claims, so that any process
 * goes on where another one stopped.
 */
final class FacetMarks {
    private static final Workspace HOME = Workspace.DEFAULT;

    private final GraphStore graph;

    FacetMarks(GraphStore graph) {
        this.graph = graph;
    }

    /** The version of the facets that all entities of a type have; 0 for none. */
    int version(EntityType type) {
        return graph.claim(HOME, done(type)).map(Integer::parseInt).orElse(0);
    }

    /** Where a walk for these is; empty at its beginning. */
    Optional<String> position(List<FacetRenewal<?, ?>> pending) {
        return graph.claim(HOME, walk(pending));
    }

    /** Takes a walk further, unless another process did so. */
    void move(List<FacetRenewal<?, ?>> pending, Optional<String> from, String to) {
        String name = walk(pending);
        commit(Batch.in(HOME)
                .claim(from.isPresent() ? new ClaimChange.Move(name, from.get(), to) : new ClaimChange.Take(name, to)));
    }

    /** Begins a walk again. */
    void restart(List<FacetRenewal<?, ?>> pending, String from) {
        commit(Batch.in(HOME).claim(new ClaimChange.Release(walk(pending), from)));
    }

    /** Says that a walk has come to its end. */
    void finish(List<FacetRenewal<?, ?>> pending, Optional<String> from) {
        Batch.Builder batch = Batch.in(HOME);
        from.ifPresent(position -> batch.claim(new ClaimChange.Release(walk(pending), position)));
        for (FacetRenewal<?, ?> renewal : pending) {
            String name = done(renewal.type());
            String version = Integer.toString(renewal.version());
            batch.claim(graph.claim(HOME, name)
                    .<ClaimChange>map(before -> new ClaimChange.Move(name, before, version))
                    .orElseGet(() -> new ClaimChange.Take(name, version)));
        }
        commit(batch);
    }

    private void commit(Batch.Builder batch) {
        try {
            graph.commit(batch.build());
        } catch (SlipwayException e) {
            if (!e.code().equals("store.claim-taken") && !e.code().equals("store.claim-lost")) {
                throw e;
            }
            // Another process is ahead; the next look at the marks tells how far.
        }
    }

    private static String done(EntityType type) {
        return "facets/" + type.wireName();
    }

    /** A walk for other types, or for newer versions, is another one. */
    private static String walk(List<FacetRenewal<?, ?>> pending) {
        return pending.stream()
                .map(renewal -> renewal.type().wireName() + "-" + renewal.version())
                .sorted()
                .collect(Collectors.joining(",", "facet-walk/", ""));
    }
}
