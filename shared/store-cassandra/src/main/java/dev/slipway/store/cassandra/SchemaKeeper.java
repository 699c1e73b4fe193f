package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.slipway.kernel.SlipwayException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the keyspace and brings its tables to this version's form, step by step. Each step may be repeated, and is noted in
 * the table {@code slipway_schema} once it is done, so a process that dies between two steps leaves what the next one goes
 * on with, and two that begin at once do no harm.
 */
final class SchemaKeeper {
    private static final String COMPONENT = "metrics";
    private static final Logger LOG = LoggerFactory.getLogger(SchemaKeeper.class);
    private static final int ATTEMPTS = 20;
    private static final int PAUSE_MILLIS = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String KEYSPACE_EXISTS =
            "SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?";
    private static final String TABLE_EXISTS =
            "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ? AND table_name = 'slipway_schema'";
    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS slipway_schema (
                component text,
                step int,
                done timestamp,
                PRIMARY KEY (component, step)
            ) WITH comment = 'the steps of the schema that were done'
            """;
    private static final String STEPS_DONE =
            "SELECT step FROM slipway_schema WHERE component = ? ORDER BY step DESC LIMIT 1";
    private static final String NOTE_STEP =
            "INSERT INTO slipway_schema (component, step, done) VALUES (?, ?, toTimestamp(now()))";

    private final CqlSession session;
    private final CassandraSettings settings;
    private final Waiting waiting;

    SchemaKeeper(CqlSession session, CassandraSettings settings, Waiting waiting) {
        this.session = session;
        this.settings = settings;
        this.waiting = waiting;
    }

    /**
     * Step 1 is the first of {@code steps}; a schema with more of them is {@code store.newer-version} and left alone.
     *
     * @param tables what the steps make
     */
    void upgrade(List<String> steps, List<String> tables) {
        makeKeyspace();
        int before = version(steps.size());
        for (int done = before; done < steps.size(); done++) {
            change(inKeyspace(SimpleStatement.newInstance(steps.get(done))));
            run(inKeyspace(SimpleStatement.newInstance(NOTE_STEP, COMPONENT, done + 1)));
        }
        if (before < steps.size()) {
            // Another process may be making them too: this one goes on when they can be used.
            tables.forEach(
                    table -> run(inKeyspace(SimpleStatement.newInstance("SELECT * FROM " + table + " LIMIT 1"))));
        }
    }

    /** Asks first, because a user that may not make keyspaces may use one that is there. */
    private void makeKeyspace() {
        if (isEmpty(run(SimpleStatement.newInstance(KEYSPACE_EXISTS, settings.keyspace())))) {
            change(SimpleStatement.newInstance("CREATE KEYSPACE IF NOT EXISTS " + settings.keyspace()
                    + " WITH replication = {'class': 'NetworkTopologyStrategy', '" + settings.datacenter() + "': "
                    + settings.replication() + "}"));
        }
        if (isEmpty(run(SimpleStatement.newInstance(TABLE_EXISTS, settings.keyspace())))) {
            change(inKeyspace(SimpleStatement.newInstance(TABLE)));
        }
    }

    private int version(int known) {
        var newest = run(inKeyspace(SimpleStatement.newInstance(STEPS_DONE, COMPONENT)))
                .one();
        int version = newest == null ? 0 : newest.getInt("step");
        if (version > known) {
            throw SlipwayException.unsupported(
                    "store.newer-version",
                    settings + " was written by a newer Slipway: it has version " + version + ", this one knows "
                            + known + ". Nothing was changed. Run the newer Slipway, or name another keyspace.");
        }
        return version;
    }

    private SimpleStatement inKeyspace(SimpleStatement statement) {
        return statement.setKeyspace(settings.keyspace());
    }

    /** Changes the schema, and waits until every node has it. */
    private void change(SimpleStatement statement) {
        AsyncResultSet changed = run(statement);
        boolean agreed =
                changed.getExecutionInfo().isSchemaInAgreement() || waiting.on(session.checkSchemaAgreementAsync());
        if (!agreed) {
            throw SlipwayException.unavailable(
                    "store.schema-agreement",
                    "The nodes of " + settings
                            + " do not agree on the schema yet. Try again; `nodetool describecluster`"
                            + " shows which differ.",
                    null);
        }
    }

    /** Repeated for some seconds: a table that another process is just making is told of a little before it works. */
    private AsyncResultSet run(SimpleStatement statement) {
        SimpleStatement patient = statement.setTimeout(PATIENCE).setIdempotent(true);
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return waiting.on(session.executeAsync(patient));
            } catch (SlipwayException e) {
                if (!CassandraErrors.mayBeTooEarly(e)) {
                    throw e;
                }
                LOG.debug("Attempt {} at the schema failed", attempt, e);
                waiting.on(new CompletableFuture<>().completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
            }
        }
        return waiting.on(session.executeAsync(patient));
    }

    private static boolean isEmpty(AsyncResultSet rows) {
        return !rows.currentPage().iterator().hasNext();
    }
}
