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
        if (check(session, steps.size(), file) == steps.size()) {
            return;
        }
        session.update(TransactionSql.BEGIN_WRITE);
        try {
            // Read again: another process may have done the steps before we came to write.
            for (int done = check(session, steps.size(), file); done < steps.size(); done++) {
                session.execute(steps.get(done));
            }
            session.execute("PRAGMA user_version = " + steps.size());
            session.update(TransactionSql.COMMIT);
        } catch (SQLException | SlipwayException e) {
            session.rollBack();
            throw e;
        }
    }

    /** The last step that was done; a file of a newer version is refused, having only been read. */
    static int check(Session session, int known, Path file) throws SQLException {
        int version = (int) session.pragma("user_version");
        if (version > known) {
            throw SlipwayException.unsupported(
                    "store.newer-version",
                    file + " was written by a newer Slipway: it has version " + version + ", this one knows "
                            + known
                            + ". Nothing was changed. Run the newer Slipway, or name another data folder.");
        }
        return version;
    }
}
