package dev.slipway.store.embedded;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.store.graph.ClaimChange;
import java.sql.SQLException;
import java.util.Optional;

/** Names within a workspace, each holding one value. */
final class ClaimTable {
    Optional<String> get(Session session, Workspace workspace, String name) throws SQLException {
        return session.first(GraphSql.CLAIM, row -> row.getString("value"), workspace.name(), name);
    }

    void change(Session session, Workspace workspace, ClaimChange change) throws SQLException {
        String name = change.name();
        if (change instanceof ClaimChange.Take take) {
            if (session.update(GraphSql.CLAIM_TAKE, workspace.name(), name, take.value()) == 0) {
                throw SlipwayException.conflict("store.claim-taken", "The name '" + name + "' is taken already.");
            }
        } else if (change instanceof ClaimChange.Move move) {
            hold(name, session.update(GraphSql.CLAIM_MOVE, move.to(), workspace.name(), name, move.from()) == 1);
        } else if (change instanceof ClaimChange.Release release) {
            hold(name, session.update(GraphSql.CLAIM_RELEASE, workspace.name(), name, release.from()) == 1);
        } else if (change instanceof ClaimChange.Require require) {
            hold(name, get(session, workspace, name).equals(Optional.of(require.value())));
        }
    }

    private static void hold(String name, boolean held) {
        if (!held) {
            throw SlipwayException.conflict(
                    "store.claim-lost",
                    "The claim '" + name
                            + "' does not hold the value expected. Read it again, then repeat the change.");
        }
    }
}
