package dev.slipway.store.embedded;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetRemoval;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphRow.FacetRow;
import dev.slipway.store.graph.OrderedDouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Facets by entity; {@link FacetSearch} finds entities by facet. A number is stored as {@link OrderedDouble} has it. */
final class FacetTable {
    private final KnownNames names = new KnownNames();

    private record Place(EntityId entity, long scope) {}

    /** Removes facets, then sets others. */
    void change(Session session, Workspace workspace, List<FacetRemoval> removals, List<FacetUpdate> updates)
            throws SQLException {
        FacetNames names = new FacetNames(session);
        Set<Place> left = new LinkedHashSet<>();
        for (FacetRemoval removal : removals) {
            byte[] entity = Ids.bytes(removal.entity().id());
            long name = names.name(workspace, removal.kind(), removal.key());
            session.first(GraphSql.FACET, row -> row.getLong("scope"), entity, name)
                    .ifPresent(scope -> left.add(new Place(removal.entity().id(), scope)));
            session.update(GraphSql.FACET_DELETE, entity, name);
        }
        set(session, names, workspace, updates);
        for (Place place : left) {
            session.update(GraphSql.FACET_ENTITY_REMOVE, place.scope(), Ids.bytes(place.entity()));
        }
    }

    private static void set(Session session, FacetNames names, Workspace workspace, List<FacetUpdate> updates)
            throws SQLException {
        Set<Place> places = new HashSet<>();
        for (FacetUpdate update : updates) {
            long scope = names.newScope(workspace, update.entity().type(), update.scope());
            session.update(GraphSql.FACET_SET, values(names, workspace, update, scope));
            if (places.add(new Place(update.entity().id(), scope))) {
                session.update(
                        GraphSql.FACET_ENTITY_SET,
                        scope,
                        Ids.bytes(update.entity().id()));
            }
        }
    }

    void restore(Session session, FacetRow row) throws SQLException {
        FacetNames names = new FacetNames(session);
        EntityRef entity = row.facet().entity();
        long scope = names.newScope(row.workspace(), entity.type(), row.facet().scope());
        session.update(GraphSql.FACET_RESTORE, values(names, row.workspace(), row.facet(), scope));
        session.update(GraphSql.FACET_ENTITY_SET, scope, Ids.bytes(entity.id()));
    }

    int remove(Session session, FacetRow row) throws SQLException {
        FacetNames names = new FacetNames(session);
        EntityRef entity = row.facet().entity();
        long scope = names.newScope(row.workspace(), entity.type(), row.facet().scope());
        int removed = session.update(GraphSql.FACET_REMOVE, values(names, row.workspace(), row.facet(), scope));
        session.update(GraphSql.FACET_ENTITY_REMOVE, scope, Ids.bytes(entity.id()));
        return removed;
    }

    private static Object[] values(FacetNames names, Workspace workspace, FacetUpdate update, long scope)
            throws SQLException {
        Facet facet = update.facet();
        return new Object[] {
            Ids.bytes(update.entity().id()),
            names.newName(workspace, facet.kind(), facet.key()),
            scope,
            stored(facet.value()),
            facet.step(),
            facet.timestamp()
        };
    }

    Map<EntityId, List<Facet>> get(Session session, Workspace workspace, Collection<EntityId> ids) throws SQLException {
        Map<EntityId, List<Facet>> found = new LinkedHashMap<>();
        session.each(
                GraphSql.FACETS,
                row -> {
                    KnownNames.Name name = names.of(session, row.getLong(2));
                    if (name.workspace().equals(workspace)) {
                        found.computeIfAbsent(Ids.id(row.getBytes(1)), id -> new ArrayList<>())
                                .add(new Facet(
                                        name.kind(),
                                        name.key(),
                                        value(Values.read(row, 3)),
                                        row.getLong(4),
                                        row.getLong(5)));
                    }
                },
                Json.array(ids, EntityId::value));
        return found;
    }

    static Object stored(Facet.Value value) {
        if (value instanceof Facet.Value.Num number) {
            return OrderedDouble.encode(number.value());
        }
        return value.text();
    }

    static FacetUpdate update(ResultSet row) throws SQLException {
        return new FacetUpdate(
                new EntityRef(EntityType.of(row.getString("type")), Ids.id(row.getBytes("entity"))),
                new EntityId(row.getString("scope")),
                facet(row));
    }

    private static Facet facet(ResultSet row) throws SQLException {
        return new Facet(
                FacetKind.valueOf(row.getString("kind")),
                row.getString("key"),
                value(Values.read(row, "value")),
                row.getLong("step"),
                row.getLong("timestamp"));
    }

    private static Facet.Value value(Object stored) {
        return stored instanceof Long number
                ? new Facet.Value.Num(OrderedDouble.decode(number))
                : new Facet.Value.Text((String) stored);
    }
}
