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

    static final List<String> STEPS = List.of(STEP_1);

    private GraphSchema() {}
}
