package dev.slipway.store.embedded;

import dev.slipway.kernel.SlipwayException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A SQLite file in WAL mode: one writer, first come first served, and a few readers, who see the state of the last
 * commit and never wait for the writer. Several processes of one machine may share the file.
 */
final class Database implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofMillis(10);

    private final Path file;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Session writer;
    private final BlockingQueue<Session> idleReaders;
    private final int readers;
    private volatile boolean closed;

    private Database(Path file, Session writer, List<Session> readers) {
        this.file = file;
        this.writer = writer;
        this.readers = readers.size();
        this.idleReaders = new ArrayBlockingQueue<>(readers.size(), true, readers);
    }

    /** What is done within one transaction. */
    interface Work<T> {
        T in(Session session) throws SQLException;
    }

    /** Opens the file, or makes it, and brings its schema to the newest version. */
    static Database open(Path file, List<String> schemaSteps, int readers) {
        List<Session> opened = new ArrayList<>();
        try {
            Session writer = connect(file);
            opened.add(writer);
            // Before anything is written: a file of a newer version stays as it is.
            retryWhileBusy(() -> Schema.check(writer, schemaSteps.size(), file));
            retryWhileBusy(() -> writer.execute("PRAGMA journal_mode = WAL"));
            // In WAL mode NORMAL survives the death of the process; only a power cut can undo the last commits.
            writer.execute("PRAGMA synchronous = NORMAL");
            Schema.upgrade(writer, schemaSteps, file);
            for (int i = 0; i < readers; i++) {
                Session reader = connect(file);
                opened.add(reader);
                reader.execute("PRAGMA query_only = true");
            }
            return new Database(file, writer, opened.subList(1, opened.size()));
        } catch (SQLException e) {
            throw closeAfter(StoreErrors.of(e, file), opened);
        } catch (SlipwayException e) {
            throw closeAfter(e, opened);
        }
    }

    <T> T read(Work<T> work) {
        Session session = borrowReader();
        try {
            return inTransaction(session, TransactionSql.BEGIN_READ, work);
        } finally {
            idleReaders.add(session);
        }
    }

    <T> T write(Work<T> work) {
        writing.lock();
        try {
            if (closed) {
                throw closedError();
            }
            return inTransaction(writer, TransactionSql.BEGIN_WRITE, work);
        } finally {
            writing.unlock();
        }
    }

    private <T> T inTransaction(Session session, Sql begin, Work<T> work) {
        try {
            session.update(begin);
            T result = work.in(session);
            session.update(TransactionSql.COMMIT);
            return result;
        } catch (SQLException e) {
            SlipwayException failure = StoreErrors.of(e, file);
            rollBack(session, failure);
            throw failure;
        } catch (RuntimeException | Error e) {
            rollBack(session, e);
            throw e;
        }
    }

    private static void rollBack(Session session, Throwable cause) {
        try {
            session.rollBack();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private Session borrowReader() {
        try {
            Session session = closed ? null : idleReaders.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (session == null) {
                throw closed
                        ? closedError()
                        : SlipwayException.unavailable("store.busy", file + " has too many readers. Try again.", null);
            }
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlipwayException.unavailable("store.interrupted", "Reading " + file + " was interrupted.", e);
        }
    }

    private SlipwayException closedError() {
        return SlipwayException.unavailable("store.closed", file + " is closed: the process is ending.", null);
    }

    /** Waits for the transactions that are running, then closes; what comes later is refused. */
    @Override
    public void close() {
        List<Session> sessions = new ArrayList<>();
        writing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            for (int i = 0; i < readers; i++) {
                Session reader = idleReaders.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                if (reader != null) {
                    sessions.add(reader);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            writing.unlock();
        }
        sessions.add(writer);
        SlipwayException failure = null;
        for (Session session : sessions) {
            try {
                session.close();
            } catch (SQLException e) {
                failure = StoreErrors.of(e, file);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static Session connect(Path file) throws SQLException {
        SQLiteConfig settings = new SQLiteConfig();
        // Nobody asks for them, and the driver would run a query for them after each insert.
        settings.setGetGeneratedKeys(false);
        SQLiteDataSource source = new SQLiteDataSource(settings);
        source.setUrl("jdbc:sqlite:" + file);
        Session session = new Session(source.getConnection());
        try {
            session.execute("PRAGMA busy_timeout = 10000");
            session.execute("PRAGMA cache_size = -4000");
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    /** SQLite does not wait by itself when two processes turn a new file into WAL mode at once. */
    private static void retryWhileBusy(Step step) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                step.run();
                return;
            } catch (SQLException e) {
                if (!StoreErrors.isBusy(e) || System.nanoTime() - end > 0) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    private static SlipwayException closeAfter(SlipwayException failure, List<Session> opened) {
        for (Session session : opened) {
            try {
                session.close();
            } catch (SQLException e) {
                failure.addSuppressed(e);
            }
        }
        return failure;
    }
}
