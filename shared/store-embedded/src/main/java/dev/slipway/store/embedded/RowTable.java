package dev.slipway.store.embedded;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.common.Pages;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.ClaimRow;
import dev.slipway.store.graph.GraphRow.EdgeRow;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.GraphRow.EventRow;
import dev.slipway.store.graph.GraphRow.FacetRow;
import dev.slipway.store.graph.GraphRow.ReaderRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads all rows of a kind, in the order of their primary keys, and writes and removes single ones. */
final class RowTable {
    private final EntityTable entities;
    private final FacetTable facets;

    RowTable(EntityTable entities, FacetTable facets) {
        this.entities = entities;
        this.facets = facets;
    }

    Page<GraphRow> page(Session session, GraphRow.Kind kind, int limit, Optional<String> cursor) throws SQLException {
        Cursor cursors = Cursor.of("rows", kind);
        Object[] after =
                cursor.map(text -> cursors.read(text, form(kind)).toArray()).orElseGet(() -> beginning(kind));
        Object[] values = new Object[after.length + 1];
        System.arraycopy(after, 0, values, 0, after.length);
        values[after.length] = limit + 1;
        List<GraphRow> found = read(session, kind, values);
        return Pages.of(found, limit, row -> row, last -> cursors.write(position(last)));
    }

    private static String form(GraphRow.Kind kind) {
        return switch (kind) {
            case ENTITY, CLAIM -> "tt";
            case EDGE, FACET -> "tttt";
            case EVENT -> "l";
            case READER -> "t";
        };
    }

    private static Object[] beginning(GraphRow.Kind kind) {
        return form(kind)
                .chars()
                .mapToObj(type -> type == 'l' ? (Object) 0L : "")
                .toArray();
    }

    private static List<Object> position(GraphRow row) {
        if (row instanceof EntityRow entity) {
            return List.of(
                    entity.entity().workspace().name(), entity.entity().id().value());
        } else if (row instanceof EdgeRow edge) {
            return List.of(
                    edge.workspace().name(),
                    edge.edge().from().id().value(),
                    edge.edge().type().wireName(),
                    edge.edge().to().id().value());
        } else if (row instanceof ClaimRow claim) {
            return List.of(claim.workspace().name(), claim.name());
        } else if (row instanceof FacetRow facet) {
            return List.of(
                    facet.workspace().name(),
                    facet.facet().entity().id().value(),
                    facet.facet().facet().kind().name(),
                    facet.facet().facet().key());
        } else if (row instanceof EventRow event) {
            return List.of(event.event().position());
        }
        return List.of(((ReaderRow) row).reader());
    }

    private List<GraphRow> read(Session session, GraphRow.Kind kind, Object[] values) throws SQLException {
        return switch (kind) {
            case ENTITY -> entities(session, values);
            case EDGE ->
                session.query(GraphSql.EDGE_ROWS, row -> new EdgeRow(workspace(row), EdgeTable.edge(row)), values);
            case CLAIM ->
                session.query(
                        GraphSql.CLAIM_ROWS,
                        row -> new ClaimRow(workspace(row), row.getString("name"), row.getString("value")),
                        values);
            case FACET -> facets(session, values);
            case EVENT -> session.query(GraphSql.EVENTS, row -> new EventRow(EventLog.event(row)), values);
            case READER ->
                session.query(
                        GraphSql.READER_ROWS,
                        row -> new ReaderRow(row.getString("name"), row.getLong("position")),
                        values);
        };
    }

    /** In the order of entities and of names' numbers, not of the names, which a cursor has. */
    private static List<GraphRow> facets(Session session, Object[] values) throws SQLException {
        boolean begin = "".equals(values[0]);
        Object entity = begin ? new byte[0] : Ids.bytes(new EntityId((String) values[1]));
        long name = begin
                ? FacetNames.UNKNOWN
                : new FacetNames(session)
                        .name(new Workspace((String) values[0]), FacetKind.valueOf((String) values[2]), (String)
                                values[3]);
        return session.query(
                GraphSql.FACET_ROWS,
                row -> new FacetRow(workspace(row), FacetTable.update(row)),
                entity,
                name,
                values[4]);
    }

    private List<GraphRow> entities(Session session, Object[] values) throws SQLException {
        List<GraphRow> rows = new ArrayList<>();
        for (Envelope entity : session.query(GraphSql.ENTITY_ROWS, EntityTable::envelope, values)) {
            rows.add(new EntityRow(entity, entities.indexed(session, entity)));
        }
        return rows;
    }

    private static Workspace workspace(ResultSet row) throws SQLException {
        return new Workspace(row.getString("workspace"));
    }

    void restore(Session session, GraphRow row) throws SQLException {
        if (row instanceof EntityRow entity) {
            entities.restore(session, entity);
        } else if (row instanceof EdgeRow edge) {
            session.update(GraphSql.EDGE_RESTORE, edgeValues(edge));
        } else if (row instanceof ClaimRow claim) {
            session.update(GraphSql.CLAIM_RESTORE, claim.workspace().name(), claim.name(), claim.value());
        } else if (row instanceof FacetRow facet) {
            facets.restore(session, facet);
        } else if (row instanceof EventRow event) {
            session.update(GraphSql.EVENT_RESTORE, eventValues(event.event()));
        } else if (row instanceof ReaderRow reader) {
            session.update(GraphSql.READER_RESTORE, reader.reader(), reader.position());
        }
    }

    int remove(Session session, GraphRow row) throws SQLException {
        if (row instanceof EntityRow entity) {
            return entities.remove(session, entity);
        } else if (row instanceof EdgeRow edge) {
            return session.update(GraphSql.EDGE_REMOVE, edgeValues(edge));
        } else if (row instanceof ClaimRow claim) {
            return session.update(GraphSql.CLAIM_RELEASE, claim.workspace().name(), claim.name(), claim.value());
        } else if (row instanceof FacetRow facet) {
            return facets.remove(session, facet);
        } else if (row instanceof EventRow event) {
            return session.update(
                    GraphSql.EVENT_REMOVE,
                    event.event().position(),
                    event.event().event().id().value());
        }
        ReaderRow reader = (ReaderRow) row;
        return session.update(GraphSql.READER_REMOVE, reader.reader(), reader.position());
    }

    private static Object[] edgeValues(EdgeRow row) {
        Edge edge = row.edge();
        return new Object[] {
            row.workspace().name(),
            edge.from().id().value(),
            edge.type().wireName(),
            edge.to().id().value(),
            edge.from().type().wireName(),
            edge.to().type().wireName(),
            edge.created()
        };
    }

    private static Object[] eventValues(Event row) {
        return new Object[] {
            row.position(),
            row.workspace().name(),
            row.event().id().value(),
            row.event().type(),
            row.event().subject().type().wireName(),
            row.event().subject().id().value(),
            row.event().caller(),
            row.event().time(),
            row.event().body()
        };
    }
}
