package dev.slipway.store.embedded;

import dev.slipway.kernel.SlipwayException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Brings a file's schema to the newest version, one numbered step after the other. */
final class Schema {
    private Schema() {}

    /** Step 1 is the first of {@code steps}; the file remembers the last one done in its {@code user_version}. */
    static void upgrade(Session session, List<String> steps, Path file) throws SQLException {
        if (version(session, steps, file) == steps.size()) {
            return;
        }
        session.update(TransactionSql.BEGIN_WRITE);
        try {
            // Read again: another process may have done the steps before we came to write.
            for (int done = version(session, steps, file); done < steps.size(); done++) {
                session.execute(steps.get(done));
            }
            session.execute("PRAGMA user_version = " + steps.size());
            session.update(TransactionSql.COMMIT);
        } catch (SQLException | SlipwayException e) {
            session.rollBack();
            throw e;
        }
    }

    /** Refuses a file of a newer version, having only read it. */
    static void check(Session session, List<String> steps, Path file) throws SQLException {
        version(session, steps, file);
    }

    private static int version(Session session, List<String> steps, Path file) throws SQLException {
        int version = (int) session.pragma("user_version");
        if (version > steps.size()) {
            throw SlipwayException.unsupported(
                    "store.newer-version",
                    file + " was written by a newer Slipway: it has version " + version + ", this one knows "
                            + steps.size()
                            + ". Nothing was changed. Run the newer Slipway, or name another data folder.");
        }
        return version;
    }
}
