package dev.slipway.store.embedded;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.Put;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entities and their places in the declared indexes. */
final class EntityTable {
    /** Makes or changes the entity, if its revision is the expected one, and returns the new revision. */
    long put(Session session, Workspace workspace, Put put) throws SQLException {
        if (put.expectedRevision() == 0) {
            insert(session, workspace, put);
        } else {
            update(session, workspace, put);
        }
        index(session, workspace, put.type(), put.id(), put.indexed());
        return put.expectedRevision() + 1;
    }

    private static void index(
            Session session, Workspace workspace, EntityType type, EntityId id, List<IndexEntry> places)
            throws SQLException {
        for (IndexEntry place : places) {
            Object[] key = EntityIndex.lowest(place.key());
            session.update(
                    GraphSql.ENTRY_INSERT,
                    workspace.name(),
                    type.wireName(),
                    place.index(),
                    key[0],
                    key[1],
                    key[2],
                    key[3],
                    id.value());
        }
    }

    /** The places of an entity in its type's indexes. */
    List<IndexEntry> indexed(Session session, Envelope entity) throws SQLException {
        return session.query(
                GraphSql.ENTRIES_OF,
                row -> new IndexEntry(row.getString("name"), EntityIndex.key(row)),
                entity.workspace().name(),
                entity.id().value());
    }

    void restore(Session session, EntityRow row) throws SQLException {
        Envelope entity = row.entity();
        session.update(
                GraphSql.ENTITY_RESTORE,
                entity.workspace().name(),
                entity.id().value(),
                entity.type().wireName(),
                entity.schema(),
                entity.revision(),
                entity.created(),
                entity.updated(),
                entity.body());
        session.update(
                GraphSql.ENTRY_DELETE, entity.workspace().name(), entity.id().value());
        index(session, entity.workspace(), entity.type(), entity.id(), row.indexed());
    }

    int remove(Session session, EntityRow row) throws SQLException {
        Envelope entity = row.entity();
        int removed = session.update(
                GraphSql.ENTITY_REMOVE,
                entity.workspace().name(),
                entity.id().value(),
                entity.type().wireName(),
                entity.schema(),
                entity.revision(),
                entity.created(),
                entity.updated(),
                entity.body());
        if (removed > 0) {
            session.update(
                    GraphSql.ENTRY_DELETE,
                    entity.workspace().name(),
                    entity.id().value());
        }
        return removed;
    }

    private static void insert(Session session, Workspace workspace, Put put) throws SQLException {
        int written = session.update(
                GraphSql.ENTITY_INSERT,
                workspace.name(),
                put.id().value(),
                put.type().wireName(),
                put.schema(),
                put.time(),
                put.time(),
                put.body());
        if (written == 0) {
            throw changed(put, "exists already");
        }
    }

    private static void update(Session session, Workspace workspace, Put put) throws SQLException {
        int written = session.update(
                GraphSql.ENTITY_UPDATE,
                put.schema(),
                put.time(),
                put.body(),
                workspace.name(),
                put.id().value(),
                put.type().wireName(),
                put.expectedRevision());
        if (written == 0) {
            throw changed(put, "is no longer at revision " + put.expectedRevision());
        }
        session.update(GraphSql.ENTRY_DELETE, workspace.name(), put.id().value());
    }

    private static SlipwayException changed(Put put, String how) {
        return SlipwayException.conflict(
                "store.revision",
                "The " + put.type().wireName() + " " + put.id() + " " + how
                        + ". Read it again, then repeat the change.");
    }

    Map<EntityId, Envelope> get(Session session, Workspace workspace, Collection<EntityId> ids) throws SQLException {
        Map<EntityId, Envelope> found = new LinkedHashMap<>();
        session.each(
                GraphSql.ENTITIES,
                row -> {
                    Envelope envelope = envelope(row);
                    found.put(envelope.id(), envelope);
                },
                workspace.name(),
                Json.array(ids, EntityId::value));
        return found;
    }

    static Envelope envelope(ResultSet row) throws SQLException {
        return new Envelope(
                new EntityId(row.getString("id")),
                new Workspace(row.getString("workspace")),
                EntityType.of(row.getString("type")),
                row.getInt("schema"),
                row.getLong("revision"),
                row.getLong("created"),
                row.getLong("updated"),
                row.getString("body"));
    }
}
