package dev.slipway.store.embedded;

import java.util.List;

/** The steps of graph.db's schema. A step that was ever released is never changed: what is new is a further step. */
final class GraphSchema {
    /** Columns without a type hold a number or a text and sort numbers first. */
    private static final String STEP_1 = """
            CREATE TABLE entity (
                workspace TEXT NOT NULL,
                id TEXT NOT NULL,
                type TEXT NOT NULL,
                schema INTEGER NOT NULL,
                revision INTEGER NOT NULL,
                created INTEGER NOT NULL,
                updated INTEGER NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (workspace, id)
            );
            CREATE TABLE entry (
                workspace TEXT NOT NULL,
                type TEXT NOT NULL,
                name TEXT NOT NULL,
                k1 NOT NULL,
                k2 NOT NULL,
                k3 NOT NULL,
                k4 NOT NULL,
                id TEXT NOT NULL,
                PRIMARY KEY (workspace, type, name, k1, k2, k3, k4, id)
            ) WITHOUT ROWID;
            CREATE INDEX entry_by_entity ON entry (workspace, id);
            CREATE TABLE edge (
                workspace TEXT NOT NULL,
                from_id TEXT NOT NULL,
                type TEXT NOT NULL,
                to_id TEXT NOT NULL,
                from_type TEXT NOT NULL,
                to_type TEXT NOT NULL,
                created INTEGER NOT NULL,
                PRIMARY KEY (workspace, from_id, type, to_id)
            ) WITHOUT ROWID;
            CREATE INDEX edge_downstream ON edge (workspace, to_id, type, from_id, to_type, from_type, created);
            CREATE TABLE claim (
                workspace TEXT NOT NULL,
                name TEXT NOT NULL,
                value TEXT NOT NULL,
                PRIMARY KEY (workspace, name)
            ) WITHOUT ROWID;
            CREATE TABLE facet (
                workspace TEXT NOT NULL,
                entity TEXT NOT NULL,
                kind TEXT NOT NULL,
                key TEXT NOT NULL,
                type TEXT NOT NULL,
                scope TEXT NOT NULL,
                value NOT NULL,
                step INTEGER NOT NULL,
                timestamp INTEGER NOT NULL,
                PRIMARY KEY (workspace, entity, kind, key)
            ) WITHOUT ROWID;
            CREATE INDEX facet_by_value ON facet (workspace, type, scope, kind, key, value, entity);
            CREATE TABLE facet_entity (
                workspace TEXT NOT NULL,
                type TEXT NOT NULL,
                scope TEXT NOT NULL,
                entity TEXT NOT NULL,
                PRIMARY KEY (workspace, type, scope, entity)
            ) WITHOUT ROWID;
            CREATE TABLE event (
                position INTEGER PRIMARY KEY AUTOINCREMENT,
                workspace TEXT NOT NULL,
                id TEXT NOT NULL,
                type TEXT NOT NULL,
                subject_type TEXT NOT NULL,
                subject_id TEXT NOT NULL,
                caller TEXT NOT NULL,
                time INTEGER NOT NULL,
                body TEXT NOT NULL
            );
            CREATE TABLE reader (
                name TEXT NOT NULL PRIMARY KEY,
                position INTEGER NOT NULL
            ) WITHOUT ROWID;
            """;

    /**
     * Facets in a third of the room: an entity's id is 16 bytes, and what was the same in many rows (workspace, kind and
     * key; workspace, type and scope) stands in a row of its own, which is never changed or removed.
     */
    private static final String STEP_2 = """
            CREATE TABLE facet_name (
                id INTEGER PRIMARY KEY,
                workspace TEXT NOT NULL,
                kind TEXT NOT NULL,
                key TEXT NOT NULL,
                UNIQUE (workspace, kind, key)
            );
            CREATE TABLE facet_scope (
                id INTEGER PRIMARY KEY,
                workspace TEXT NOT NULL,
                type TEXT NOT NULL,
                scope TEXT NOT NULL,
                UNIQUE (workspace, type, scope)
            );
            INSERT INTO facet_name (workspace, kind, key) SELECT DISTINCT workspace, kind, key FROM facet;
            INSERT INTO facet_scope (workspace, type, scope)
                SELECT workspace, type, scope FROM facet UNION SELECT workspace, type, scope FROM facet_entity;
            ALTER TABLE facet RENAME TO facet_1;
            ALTER TABLE facet_entity RENAME TO facet_entity_1;
            CREATE TABLE facet (
                entity BLOB NOT NULL,
                name INTEGER NOT NULL,
                scope INTEGER NOT NULL,
                value NOT NULL,
                step INTEGER NOT NULL,
                timestamp INTEGER NOT NULL,
                PRIMARY KEY (entity, name)
            ) WITHOUT ROWID;
            INSERT INTO facet (entity, name, scope, value, step, timestamp)
                SELECT unhex(entity), facet_name.id, facet_scope.id, value, step, timestamp
                FROM facet_1 CROSS JOIN facet_name USING (workspace, kind, key)
                CROSS JOIN facet_scope USING (workspace, type, scope) ORDER BY entity;
            CREATE TABLE facet_entity (
                scope INTEGER NOT NULL,
                entity BLOB NOT NULL,
                PRIMARY KEY (scope, entity)
            ) WITHOUT ROWID;
            INSERT INTO facet_entity (scope, entity)
                SELECT facet_scope.id, unhex(entity)
                FROM facet_entity_1 CROSS JOIN facet_scope USING (workspace, type, scope);
            DROP TABLE facet_1;
            DROP TABLE facet_entity_1;
            CREATE INDEX facet_by_value ON facet (scope, name, value, entity);
            """;

    static final List<String> STEPS = List.of(STEP_1, STEP_2);

    private GraphSchema() {}
}
