package dev.slipway.store.embedded;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.store.graph.FacetKind;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The names behind the numbers of facets. What was committed once is never changed, so readers share what they know. */
final class KnownNames {
    private static final int MAX = 10_000;

    private final Map<Long, Name> names = new ConcurrentHashMap<>();

    record Name(Workspace workspace, FacetKind kind, String key) {}

    /** @param session one that reads, since the number of a name that is not committed may become another's */
    Name of(Session session, long number) throws SQLException {
        Name known = names.get(number);
        if (known != null) {
            return known;
        }
        Name name = session.first(
                        GraphSql.FACET_NAME_OF,
                        row -> new Name(
                                new Workspace(row.getString(1)), FacetKind.valueOf(row.getString(2)), row.getString(3)),
                        number)
                .orElseThrow(() -> SlipwayException.internal(
                        "store.damaged", "A facet has the name " + number + ", which is not there.", null));
        if (names.size() >= MAX) {
            names.clear();
        }
        names.put(number, name);
        return name;
    }
}
