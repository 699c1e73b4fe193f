package dev.slipway.runtime.entity;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.Id;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.IndexEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives entities of one type the facets, and the places in indexes, that they would have if they were written now. One that
 * lacks any is written again as it is: whoever changes it meanwhile makes that write fail, and it is looked at again.
 */
final class FacetRenewal<I extends Id, B> {
    private static final Logger LOG = LoggerFactory.getLogger(FacetRenewal.class);
    private static final int BATCH = 100;

    private final FacetLayout<I, B> layout;
    private final Entities entities;
    private final GraphStore graph;

    FacetRenewal(FacetLayout<I, B> layout, Entities entities, GraphStore graph) {
        this.layout = layout;
        this.entities = entities;
        this.graph = graph;
    }

    EntityType type() {
        return layout.kind().type();
    }

    int version() {
        return layout.version();
    }

    /**
     * Looks at entities of the caller's workspace; those of other types, and of newer forms, are left alone.
     *
     * @param rows at most 1000
     * @return how many were written
     */
    int renew(List<EntityRow> rows) {
        List<EntityRow> own = rows.stream()
                .filter(row -> row.entity().type() == type()
                        && row.entity().schema() <= layout.kind().schema())
                .toList();
        int written = 0;
        for (int from = 0; from < own.size(); from += BATCH) {
            written += renewBatch(own.subList(from, Math.min(own.size(), from + BATCH)));
        }
        return written;
    }

    private int renewBatch(List<EntityRow> rows) {
        try {
            return Retries.onConflict(() -> attempt(rows));
        } catch (SlipwayException e) {
            if (e.kind() == ErrorKind.UNAVAILABLE || e.kind() == ErrorKind.CONFLICT) {
                throw e;
            }
            if (rows.size() > 1) {
                // One that can't be read or written must not keep the others from theirs.
                return rows.stream().mapToInt(row -> renewBatch(List.of(row))).sum();
            }
            Envelope entity = rows.get(0).entity();
            LOG.warn("{} {} gets no facets: {}", entity.type().wireName(), entity.id(), e.getMessage());
            return 0;
        }
    }

    private int attempt(List<EntityRow> rows) {
        EntityKind<I, B> kind = layout.kind();
        Map<EntityId, Set<IndexEntry>> places = new HashMap<>();
        rows.forEach(row -> places.put(row.entity().id(), new HashSet<>(row.indexed())));
        List<Entity<I, B>> found = entities.getAll(
                kind,
                places.keySet().stream().map(id -> kind.id().apply(id.value())).toList());
        Change wanted = entities.change();
        layout.put(wanted, found);
        Map<EntityId, List<Facet>> derived = wanted.facets().stream()
                .collect(Collectors.groupingBy(
                        update -> update.entity().id(), Collectors.mapping(FacetUpdate::facet, Collectors.toList())));
        Map<EntityId, List<Facet>> stored = graph.facets(wanted.caller().workspace(), places.keySet());
        List<Entity<I, B>> stale = found.stream()
                .filter(entity -> {
                    EntityId id = EntityId.of(entity.id());
                    return lacks(stored.getOrDefault(id, List.of()), derived.getOrDefault(id, List.of()))
                            || !places.get(id).equals(places(entity));
                })
                .toList();
        if (!stale.isEmpty()) {
            Change change = entities.change();
            layout.put(
                    change,
                    stale.stream().map(entity -> change.renew(kind, entity)).toList());
            change.commit();
        }
        return stale.size();
    }

    /** Whether any would be written with another value than it has. */
    private static boolean lacks(List<Facet> stored, List<Facet> derived) {
        return derived.stream().anyMatch(facet -> stored.stream()
                .filter(old -> old.kind() == facet.kind() && old.key().equals(facet.key()))
                .findFirst()
                .map(old -> facet.wins(old) && !old.value().equals(facet.value()))
                .orElse(true));
    }

    private Set<IndexEntry> places(Entity<I, B> entity) {
        return new HashSet<>(layout.kind().indexed(entity.id(), entity.created(), entity.body()));
    }
}
