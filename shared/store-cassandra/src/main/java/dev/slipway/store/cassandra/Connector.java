package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.Version;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.OptionsMap;
import com.datastax.oss.driver.api.core.config.TypedDriverOption;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.internal.core.ssl.DefaultSslEngineFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Connects to Cassandra. The driver is configured here alone: no file on the class path changes it. */
final class Connector {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FIRST_RECONNECT = Duration.ofMillis(250);
    private static final Duration LAST_RECONNECT = Duration.ofSeconds(5);
    private static final int QUIET_MILLIS = 100;
    private static final int SHUTDOWN_MILLIS = 15_000;
    private static final int MAJOR_VERSION = 5;

    private final CassandraSettings settings;
    private final CassandraErrors errors;
    private final Waiting waiting;

    Connector(CassandraSettings settings, CassandraErrors errors, Waiting waiting) {
        this.settings = settings;
        this.errors = errors;
        this.waiting = waiting;
    }

    /** A session whose nodes are new enough. */
    CqlSession connect() {
        if (Thread.currentThread().isInterrupted()) {
            // Asked here, because the driver forgets it.
            throw errors.interrupted(new InterruptedException("before connecting"));
        }
        CqlSessionBuilder builder = CqlSession.builder()
                .withConfigLoader(DriverConfigLoader.fromMap(options()))
                .withApplicationName("slipway")
                .addContactPoints(settings.addresses())
                .withLocalDatacenter(settings.datacenter());
        if (settings.user().isPresent() && settings.password().isPresent()) {
            builder.withAuthCredentials(
                    settings.user().get(), settings.password().get());
        }
        CompletionStage<CqlSession> connecting = builder.buildAsync();
        CqlSession session;
        try {
            session = waiting.on(connecting);
        } catch (RuntimeException e) {
            // An interrupt leaves the driver connecting: what it gets nobody would close.
            connecting.thenAccept(CqlSession::closeAsync);
            throw e;
        }
        try {
            checkVersion(session);
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void checkVersion(CqlSession session) {
        for (Node node : session.getMetadata().getNodes().values()) {
            Version version = node.getCassandraVersion();
            if (version != null && version.getMajor() < MAJOR_VERSION) {
                throw errors.tooOld("node " + node.getEndPoint() + " is Cassandra " + version, null);
            }
        }
    }

    private OptionsMap options() {
        OptionsMap options = OptionsMap.driverDefaults();
        options.put(TypedDriverOption.SESSION_NAME, "metrics");
        options.put(TypedDriverOption.PROTOCOL_VERSION, "V5");
        options.put(TypedDriverOption.REQUEST_TIMEOUT, REQUEST_TIMEOUT);
        options.put(TypedDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM");
        options.put(TypedDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true);
        options.put(TypedDriverOption.CONNECTION_CONNECT_TIMEOUT, CONNECT_TIMEOUT);
        options.put(TypedDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, CONNECT_TIMEOUT);
        options.put(TypedDriverOption.CONTROL_CONNECTION_TIMEOUT, CONNECT_TIMEOUT);
        // Whoever opens the store says that it can't be reached; the driver would say it again with its stack.
        options.put(TypedDriverOption.CONNECTION_WARN_INIT_ERROR, false);
        options.put(TypedDriverOption.RECONNECTION_BASE_DELAY, FIRST_RECONNECT);
        options.put(TypedDriverOption.RECONNECTION_MAX_DELAY, LAST_RECONNECT);
        options.put(TypedDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(settings.keyspace()));
        // Changes of the schema are few and ours: they need not wait for company.
        options.put(TypedDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(5));
        // Nothing is sent once a session is closed, so its threads need not linger for seconds.
        options.put(TypedDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS");
        options.put(TypedDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS);
        options.put(TypedDriverOption.NETTY_IO_SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS);
        options.put(TypedDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS");
        options.put(TypedDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS);
        options.put(TypedDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS);
        // Milliseconds will do: the driver makes timestamps differ, and its native clock is left out.
        options.put(TypedDriverOption.TIMESTAMP_GENERATOR_FORCE_JAVA_CLOCK, true);
        if (settings.tls()) {
            options.put(TypedDriverOption.SSL_ENGINE_FACTORY_CLASS, DefaultSslEngineFactory.class.getName());
            options.put(TypedDriverOption.SSL_HOSTNAME_VALIDATION, true);
        }
        return options;
    }
}
