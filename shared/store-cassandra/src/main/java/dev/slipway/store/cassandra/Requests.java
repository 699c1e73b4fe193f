package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import dev.slipway.kernel.SlipwayException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Sends prepared statements, no more at once than the settings say; whoever comes later waits for an answer. */
final class Requests {
    private final CqlSession session;
    private final CassandraErrors errors;
    private final Waiting waiting;
    private final Semaphore permits;
    private final Map<Cql, PreparedStatement> prepared = new EnumMap<>(Cql.class);

    /** Prepares every statement, which fails if the tables are not what they should be. */
    Requests(CqlSession session, CassandraSettings settings, CassandraErrors errors) {
        this.session = session;
        this.errors = errors;
        this.waiting = Waiting.whileCalling(errors);
        this.permits = new Semaphore(settings.inFlight(), true);
        for (Cql cql : Cql.values()) {
            String text = cql.text(settings.keyspace());
            prepared.put(cql, Waiting.whileOpening(errors).on(session.prepareAsync(text)));
        }
    }

    BoundStatement bind(Cql cql, Object... values) {
        return prepared.get(cql).bind(values);
    }

    /** Sends a statement; {@link #await} gives its answer, or its failure. */
    CompletableFuture<AsyncResultSet> send(Statement<?> statement) {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            throw errors.interrupted(e);
        }
        CompletionStage<AsyncResultSet> answer;
        try {
            answer = session.executeAsync(statement);
        } catch (RuntimeException e) {
            permits.release();
            throw session.isClosed() ? errors.closed(e) : errors.calling(e);
        }
        return answer.whenComplete((rows, failure) -> permits.release()).toCompletableFuture();
    }

    AsyncResultSet await(CompletionStage<AsyncResultSet> answer) {
        try {
            return waiting.on(answer);
        } catch (SlipwayException e) {
            throw session.isClosed() ? errors.closed(e) : e;
        }
    }
}
