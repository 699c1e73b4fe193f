package dev.slipway.store.arangodb;

import com.arangodb.ArangoDBException;
import com.arangodb.ArangoDatabase;
import com.arangodb.entity.BaseDocument;
import com.arangodb.model.StreamTransactionOptions;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads, and writes in stream transactions, which are aborted unless they were committed.
 *
 * <p>Every transaction inserts a mark of its own. When the answer to its commit is lost, the mark tells what became of it:
 * whoever asks inserts the same mark from outside. If that succeeds the transaction has not been committed, and never
 * will be, as its own mark would now be a duplicate; if the mark is there already, it has been.
 */
final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private static final String OUTCOME = "outcome";
    private static final String COMMITTED = "committed";
    private static final String FENCED = "fenced";
    /** When a mark may be forgotten, in seconds since 1970; long after everybody has given up asking for it. */
    private static final String EXPIRES = "expires";

    private static final long MARK_SECONDS = 24 * 60 * 60;

    private static final StreamTransactionOptions OPTIONS = new StreamTransactionOptions()
            .writeCollections(
                    Arrays.stream(Table.values()).map(Table::collection).toArray(String[]::new))
            .waitForSync(true);

    private final ArangoDatabase database;
    private final ArangoSettings settings;

    Transactions(ArangoDatabase database, ArangoSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** Reads outside of any transaction: each query sees one state, two of them maybe two. */
    <T> T read(Function<Session, T> work) {
        try {
            return work.apply(Session.outside(database));
        } catch (ArangoDBException e) {
            throw ArangoErrors.of(e, settings);
        }
    }

    /** Writes all or nothing; the work is done again from the start when others wrote the same documents meanwhile. */
    <T> T write(Function<Session, T> work) {
        Retries retries = new Retries(settings.patience());
        while (true) {
            try {
                return attempt(work);
            } catch (ArangoDBException e) {
                if (!ArangoErrors.isConflict(e) || !retries.again()) {
                    throw ArangoErrors.of(e, settings);
                }
            }
        }
    }

    private <T> T attempt(Function<Session, T> work) {
        String id = database.beginStreamTransaction(OPTIONS).getId();
        boolean committed = false;
        try {
            Session session = Session.within(database, id);
            T result = work.apply(session);
            if (!session.hasWritten()) {
                return result;
            }
            String mark = UUID.randomUUID().toString();
            session.insert(Table.COMMITS, List.of(mark(mark, COMMITTED)));
            commit(id, mark);
            committed = true;
            return result;
        } finally {
            if (!committed) {
                uninterrupted(() -> abort(id));
            }
        }
    }

    private static BaseDocument mark(String key, String outcome) {
        BaseDocument mark = new BaseDocument(key);
        mark.addAttribute(OUTCOME, outcome);
        mark.addAttribute(EXPIRES, System.currentTimeMillis() / 1000 + MARK_SECONDS);
        return mark;
    }

    private void commit(String id, String mark) {
        try {
            database.commitStreamTransaction(id);
        } catch (ArangoDBException e) {
            if (ArangoErrors.isConflict(e)) {
                throw e;
            }
            LOG.warn("The answer to a commit is missing, so its mark is asked for: {}", ArangoErrors.message(e));
            Optional<Boolean> committed = uninterrupted(() -> settle(id, mark));
            if (committed.isEmpty()) {
                throw new SlipwayException(
                        ErrorKind.CONFLICT,
                        "store.unknown-outcome",
                        settings + " was lost while it wrote, and whether it has written is unknown."
                                + " Read again, then repeat the change if it is not there.",
                        e);
            }
            if (!committed.get()) {
                throw e;
            }
        }
    }

    /** Whether the transaction was committed; empty when the database stays away. */
    private Optional<Boolean> settle(String id, String mark) {
        Retries retries = new Retries(settings.timeout());
        do {
            try {
                // A transaction that still runs would hold the mark.
                abort(id);
                Session session = Session.outside(database);
                Optional<BaseDocument> found = session.get(Table.COMMITS, mark);
                if (found.isPresent()) {
                    return Optional.of(COMMITTED.equals(Fields.text(found.get(), OUTCOME)));
                }
                session.insert(Table.COMMITS, List.of(mark(mark, FENCED)));
                return Optional.of(false);
            } catch (ArangoDBException e) {
                LOG.debug("What became of a commit is not known yet", e);
            }
        } while (retries.again());
        return Optional.empty();
    }

    /** The server aborts by itself what it can't be told about, a minute later. */
    private void abort(String id) {
        try {
            database.abortStreamTransaction(id);
        } catch (ArangoDBException e) {
            LOG.debug("A transaction could not be aborted; the server will do it", e);
        }
    }

    private void uninterrupted(Runnable work) {
        uninterrupted(() -> {
            work.run();
            return null;
        });
    }

    /** The driver refuses to wait on an interrupted thread, so the interrupt is put off until the work is done. */
    private static <T> T uninterrupted(Supplier<T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
