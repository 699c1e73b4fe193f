package dev.slipway.store.embedded;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.OrderedDouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Facets by entity; {@link FacetSearch} finds entities by facet. A number is stored as {@link OrderedDouble} has it. */
final class FacetTable {
    private record Place(EntityId entity, EntityId scope) {}

    void set(Session session, Workspace workspace, List<FacetUpdate> updates) throws SQLException {
        Set<Place> places = new HashSet<>();
        for (FacetUpdate update : updates) {
            Facet facet = update.facet();
            String type = update.entity().type().wireName();
            String entity = update.entity().id().value();
            String scope = update.scope().value();
            session.update(
                    GraphSql.FACET_SET,
                    workspace.name(),
                    entity,
                    facet.kind().name(),
                    facet.key(),
                    type,
                    scope,
                    stored(facet.value()),
                    facet.step(),
                    facet.timestamp());
            if (places.add(new Place(update.entity().id(), update.scope()))) {
                session.update(GraphSql.FACET_ENTITY_SET, workspace.name(), type, scope, entity);
            }
        }
    }

    Map<EntityId, List<Facet>> get(Session session, Workspace workspace, Collection<EntityId> ids) throws SQLException {
        Map<EntityId, List<Facet>> found = new LinkedHashMap<>();
        session.each(
                GraphSql.FACETS,
                row -> found.computeIfAbsent(new EntityId(row.getString("entity")), id -> new ArrayList<>())
                        .add(facet(row)),
                workspace.name(),
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
                new EntityRef(EntityType.of(row.getString("type")), new EntityId(row.getString("entity"))),
                new EntityId(row.getString("scope")),
                facet(row));
    }

    private static Facet facet(ResultSet row) throws SQLException {
        return new Facet(
                FacetKind.valueOf(row.getString("kind")),
                row.getString("key"),
                Values.read(row, "value") instanceof Long number
                        ? new Facet.Value.Num(OrderedDouble.decode(number))
                        : new Facet.Value.Text(row.getString("value")),
                row.getLong("step"),
                row.getLong("timestamp"));
    }
}
