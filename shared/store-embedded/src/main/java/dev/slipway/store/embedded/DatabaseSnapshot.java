package dev.slipway.store.embedded;

import dev.slipway.kernel.SlipwayException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.core.DB;

/**
 * The graph and the metrics of a data folder as they are when this is made, whoever writes to them afterwards. Writers do not
 * wait; what they write stays in the write-ahead logs until this is closed.
 *
 * <p>The graph is of the earlier moment. Points are written before what the graph tells of them, so the metrics have all points
 * that the graph knows, as they would after the death of every process at that moment.
 */
public final class DatabaseSnapshot implements AutoCloseable {
    private static final int PAGES_PER_STEP = 2_000;
    private static final int TRIES = 100;
    private static final int PAUSE_MILLIS = 50;

    private final Source graph;
    private final Source metrics;

    private DatabaseSnapshot(Source graph, Source metrics) {
        this.graph = graph;
        this.metrics = metrics;
    }

    /**
     * Takes the snapshot. Nothing in the folder is brought to this version's form.
     *
     * @throws SlipwayException {@code NOT_FOUND} with code {@code store.no-data} when the folder has no databases; {@code
     *     UNSUPPORTED} with code {@code store.newer-version} when a newer version has written them
     */
    public static DatabaseSnapshot of(Path dataFolder) {
        Source graph = Source.open(dataFolder.resolve(EmbeddedStores.GRAPH));
        try {
            Source metrics = Source.open(dataFolder.resolve(EmbeddedStores.METRICS));
            try {
                graph.check(GraphSchema.STEPS.size());
                metrics.check(MetricSchema.STEPS.size());
                graph.begin();
                metrics.begin();
                return new DatabaseSnapshot(graph, metrics);
            } catch (SlipwayException e) {
                metrics.close();
                throw e;
            }
        } catch (SlipwayException e) {
            graph.close();
            throw e;
        }
    }

    /** How many bytes the copies will have. */
    public long size() {
        return graph.size() + metrics.size();
    }

    /**
     * Copies both into a folder, under their names, and forces them to the disk. A file that is there is written over.
     *
     * @param copied told now and then how many bytes of both are copied
     */
    public void copyTo(Path folder, LongConsumer copied) {
        graph.copyTo(folder.resolve(EmbeddedStores.GRAPH), copied);
        metrics.copyTo(folder.resolve(EmbeddedStores.METRICS), bytes -> copied.accept(graph.size() + bytes));
    }

    @Override
    public void close() {
        try {
            metrics.close();
        } finally {
            graph.close();
        }
    }

    /** A database with a read transaction. */
    private record Source(Path file, Connection connection) {
        static Source open(Path file) {
            if (!Files.isRegularFile(file)) {
                throw SlipwayException.notFound(
                        "store.no-data", "There is no " + file + ". Name the folder of an installation.");
            }
            SQLiteConfig settings = new SQLiteConfig();
            settings.resetOpenMode(SQLiteOpenMode.CREATE);
            settings.setBusyTimeout(10_000);
            try {
                return new Source(file, settings.createConnection("jdbc:sqlite:" + file));
            } catch (SQLException e) {
                throw StoreErrors.of(e, file);
            }
        }

        void check(int known) {
            try {
                Schema.check(new Session(connection), known, file);
            } catch (SQLException e) {
                throw StoreErrors.of(e, file);
            }
        }

        void begin() {
            try {
                Session session = new Session(connection);
                session.update(TransactionSql.BEGIN_READ);
                // The transaction's moment is that of its first read.
                session.pragma("page_count");
                session.number(() -> "SELECT count(*) FROM sqlite_master");
            } catch (SQLException e) {
                throw StoreErrors.of(e, file);
            }
        }

        long size() {
            try {
                Session session = new Session(connection);
                return session.pragma("page_count") * session.pragma("page_size");
            } catch (SQLException e) {
                throw StoreErrors.of(e, file);
            }
        }

        void copyTo(Path target, LongConsumer copied) {
            try {
                long page = new Session(connection).pragma("page_size");
                int code = connection
                        .unwrap(SQLiteConnection.class)
                        .getDatabase()
                        .backup(
                                "main",
                                target.toString(),
                                (remaining, pages) -> copied.accept((pages - remaining) * page),
                                PAUSE_MILLIS,
                                TRIES,
                                PAGES_PER_STEP);
                if (code != 0) {
                    throw DB.newSQLException(code, "copying " + file);
                }
            } catch (SQLException e) {
                throw StoreErrors.of(e, target);
            }
        }

        void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw StoreErrors.of(e, file);
            }
        }
    }
}
