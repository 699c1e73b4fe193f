package dev.slipway.cassandra.server;

/** What a test wants of its server. */
public enum ServerKind {
    /** Keeps nothing that must outlive the process: for tests that never kill it. */
    FAST("commitlog_sync: periodic\ncommitlog_sync_period: 10000ms\n", true, "AllowAllAuthenticator"),

    /** What it has acknowledged survives {@link CassandraServer#kill()}: the commit log is synced before each answer. */
    DURABLE("commitlog_sync: group\ncommitlog_sync_group_window: 15ms\n", false, "AllowAllAuthenticator"),

    /** As {@link #FAST}, but only user {@code cassandra} with password {@code cassandra} may connect. */
    WITH_PASSWORDS("commitlog_sync: periodic\ncommitlog_sync_period: 10000ms\n", true, "PasswordAuthenticator");

    /** Lines of cassandra.yaml. */
    final String commitLog;
    /** System tables are not forced to disk. */
    final boolean unsafe;

    final String authenticator;

    ServerKind(String commitLog, boolean unsafe, String authenticator) {
        this.commitLog = commitLog;
        this.unsafe = unsafe;
        this.authenticator = authenticator;
    }
}
