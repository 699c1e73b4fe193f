package dev.slipway.store.embedded;

/** Every statement on graph.db but those of searches, which are in {@link FacetSearchSql}. */
enum GraphSql implements Sql {
    ENTITY_INSERT("""
            INSERT INTO entity (workspace, id, type, schema, revision, created, updated, body)
            VALUES (?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING
            """),
    ENTITY_UPDATE("""
            UPDATE entity SET schema = ?, revision = revision + 1, updated = ?, body = ?
            WHERE workspace = ? AND id = ? AND type = ? AND revision = ?
            """),
    ENTITIES("""
            SELECT * FROM entity WHERE workspace = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id
            """),

    ENTRY_INSERT("""
            INSERT INTO entry (workspace, type, name, k1, k2, k3, k4, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """),
    ENTRY_DELETE("DELETE FROM entry WHERE workspace = ? AND id = ?"),
    ENTRIES_ASCENDING("""
            SELECT k1, k2, k3, k4, entity.*
            FROM entry CROSS JOIN entity ON entity.workspace = entry.workspace AND entity.id = entry.id
            WHERE entry.workspace = ? AND entry.type = ? AND entry.name = ?
            AND (k1, k2, k3, k4, entry.id) > (?, ?, ?, ?, ?) AND (k1, k2, k3, k4, entry.id) < (?, ?, ?, ?, ?)
            ORDER BY k1, k2, k3, k4, entry.id LIMIT ?
            """),
    ENTRIES_DESCENDING("""
            SELECT k1, k2, k3, k4, entity.*
            FROM entry CROSS JOIN entity ON entity.workspace = entry.workspace AND entity.id = entry.id
            WHERE entry.workspace = ? AND entry.type = ? AND entry.name = ?
            AND (k1, k2, k3, k4, entry.id) > (?, ?, ?, ?, ?) AND (k1, k2, k3, k4, entry.id) < (?, ?, ?, ?, ?)
            ORDER BY k1 DESC, k2 DESC, k3 DESC, k4 DESC, entry.id DESC LIMIT ?
            """),
    ENTRIES_COUNT("""
            SELECT count(*) FROM entry WHERE workspace = ? AND type = ? AND name = ?
            AND (k1, k2, k3, k4, id) > (?, ?, ?, ?, ?) AND (k1, k2, k3, k4, id) < (?, ?, ?, ?, ?)
            """),

    EDGE_INSERT("""
            INSERT INTO edge (workspace, from_id, type, to_id, from_type, to_type, created)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """),
    // Of every type: naming all of them would look into the index once for each.
    EDGES_UPSTREAM("""
            SELECT start.key, edge.type, to_type, to_id, created
            FROM json_each(?) AS start CROSS JOIN edge ON edge.workspace = ? AND from_id = start.value
            """),
    EDGES_UPSTREAM_OF_TYPES("""
            SELECT start.key, edge.type, to_type, to_id, created
            FROM json_each(?) AS start CROSS JOIN edge ON edge.workspace = ? AND from_id = start.value
            AND edge.type IN (SELECT value FROM json_each(?))
            """),
    EDGES_DOWNSTREAM("""
            SELECT start.key, edge.type, from_type, from_id, created
            FROM json_each(?) AS start CROSS JOIN edge ON edge.workspace = ? AND to_id = start.value
            """),
    EDGES_DOWNSTREAM_OF_TYPES("""
            SELECT start.key, edge.type, from_type, from_id, created
            FROM json_each(?) AS start CROSS JOIN edge ON edge.workspace = ? AND to_id = start.value
            AND edge.type IN (SELECT value FROM json_each(?))
            """),

    ENTITY_ROWS("""
            SELECT * FROM entity WHERE (workspace, id) > (?, ?) ORDER BY workspace, id LIMIT ?
            """),
    ENTITY_RESTORE("""
            INSERT INTO entity (workspace, id, type, schema, revision, created, updated, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET type = excluded.type, schema = excluded.schema, revision = excluded.revision,
                created = excluded.created, updated = excluded.updated, body = excluded.body
            """),
    ENTITY_REMOVE("""
            DELETE FROM entity WHERE workspace = ? AND id = ? AND type = ? AND schema = ? AND revision = ?
            AND created = ? AND updated = ? AND body = ?
            """),
    ENTRIES_OF("SELECT name, k1, k2, k3, k4 FROM entry WHERE workspace = ? AND id = ?"),
    EDGE_ROWS("""
            SELECT workspace, from_id, from_type, type, to_id, to_type, created FROM edge
            WHERE (workspace, from_id, type, to_id) > (?, ?, ?, ?) ORDER BY workspace, from_id, type, to_id LIMIT ?
            """),
    EDGE_RESTORE("""
            INSERT INTO edge (workspace, from_id, type, to_id, from_type, to_type, created)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET
                from_type = excluded.from_type, to_type = excluded.to_type, created = excluded.created
            """),
    EDGE_REMOVE("""
            DELETE FROM edge WHERE workspace = ? AND from_id = ? AND type = ? AND to_id = ?
            AND from_type = ? AND to_type = ? AND created = ?
            """),
    CLAIM_ROWS("""
            SELECT workspace, name, value FROM claim WHERE (workspace, name) > (?, ?) ORDER BY workspace, name LIMIT ?
            """),
    CLAIM_RESTORE("""
            INSERT INTO claim (workspace, name, value) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET value = excluded.value
            """),
    FACET_ROWS("""
            SELECT facet_name.workspace, entity, kind, key, type, facet_scope.scope, value, step, timestamp
            FROM facet CROSS JOIN facet_name ON facet_name.id = facet.name
            CROSS JOIN facet_scope ON facet_scope.id = facet.scope
            WHERE (entity, name) > (?, ?) ORDER BY entity, name LIMIT ?
            """),
    FACET_RESTORE("""
            INSERT INTO facet (entity, name, scope, value, step, timestamp) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET
                scope = excluded.scope, value = excluded.value, step = excluded.step, timestamp = excluded.timestamp
            """),
    FACET_REMOVE("""
            DELETE FROM facet WHERE entity = ? AND name = ? AND scope = ? AND value = ? AND step = ? AND timestamp = ?
            """),
    EVENT_RESTORE("""
            INSERT INTO event (position, workspace, id, type, subject_type, subject_id, caller, time, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET workspace = excluded.workspace, id = excluded.id, type = excluded.type,
                subject_type = excluded.subject_type, subject_id = excluded.subject_id, caller = excluded.caller,
                time = excluded.time, body = excluded.body
            """),
    EVENT_REMOVE("DELETE FROM event WHERE position = ? AND id = ?"),
    READER_ROWS("SELECT name, position FROM reader WHERE name > ? ORDER BY name LIMIT ?"),
    READER_RESTORE("""
            INSERT INTO reader (name, position) VALUES (?, ?)
            ON CONFLICT DO UPDATE SET position = excluded.position
            """),
    READER_REMOVE("DELETE FROM reader WHERE name = ? AND position = ?"),

    CLAIM("SELECT value FROM claim WHERE workspace = ? AND name = ?"),
    CLAIM_TAKE("INSERT INTO claim (workspace, name, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"),
    CLAIM_MOVE("UPDATE claim SET value = ? WHERE workspace = ? AND name = ? AND value = ?"),
    CLAIM_RELEASE("DELETE FROM claim WHERE workspace = ? AND name = ? AND value = ?"),

    FACET_NAME("SELECT id FROM facet_name WHERE workspace = ? AND kind = ? AND key = ?"),
    FACET_NAME_ADD("INSERT INTO facet_name (workspace, kind, key) VALUES (?, ?, ?)"),
    FACET_SCOPE("SELECT id FROM facet_scope WHERE workspace = ? AND type = ? AND scope = ?"),
    FACET_SCOPE_ADD("INSERT INTO facet_scope (workspace, type, scope) VALUES (?, ?, ?)"),
    FACET_SET("""
            INSERT INTO facet (entity, name, scope, value, step, timestamp) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET
                scope = excluded.scope, value = excluded.value, step = excluded.step, timestamp = excluded.timestamp
            WHERE (excluded.step, excluded.timestamp, excluded.value) > (facet.step, facet.timestamp, facet.value)
            """),
    FACET("SELECT scope, value FROM facet WHERE entity = ? AND name = ?"),
    FACET_DELETE("DELETE FROM facet WHERE entity = ? AND name = ?"),
    FACET_ENTITY_SET("INSERT INTO facet_entity (scope, entity) VALUES (?, ?) ON CONFLICT DO NOTHING"),
    FACET_ENTITY_REMOVE("""
            DELETE FROM facet_entity WHERE scope = ? AND entity = ? AND NOT EXISTS (
                SELECT 1 FROM facet WHERE facet.entity = facet_entity.entity AND facet.scope = facet_entity.scope)
            """),
    FACETS("""
            SELECT entity, name, value, step, timestamp FROM facet
            WHERE entity IN (SELECT unhex(value) FROM json_each(?))
            """),
    FACET_NAME_OF("SELECT workspace, kind, key FROM facet_name WHERE id = ?"),

    EVENT_APPEND("""
            INSERT INTO event (workspace, id, type, subject_type, subject_id, caller, time, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """),
    EVENTS("SELECT * FROM event WHERE position > ? ORDER BY position LIMIT ?"),
    EVENT_LAST("SELECT coalesce(max(position), 0) FROM event"),
    READER("SELECT position FROM reader WHERE name = ?"),
    READER_BEGIN("INSERT INTO reader (name, position) VALUES (?, ?) ON CONFLICT DO NOTHING"),
    READER_MOVE("UPDATE reader SET position = ? WHERE name = ? AND position = ?");

    private final String text;

    GraphSql(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
