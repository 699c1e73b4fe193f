package dev.slipway.store.arangodb.fake;

/** What the double says it is, as {@code GET /_admin/server/role} tells it. */
public enum ServerRole {
    /** A single server. */
    SINGLE,
    /** A Coordinator of a cluster. */
    COORDINATOR,
    /** A DB-Server of a cluster. */
    PRIMARY,
    /** An Agent of a cluster. */
    AGENT
}
