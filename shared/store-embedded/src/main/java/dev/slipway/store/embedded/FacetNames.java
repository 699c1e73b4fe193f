package dev.slipway.store.embedded;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.FacetKind;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers under which names of facets and scopes are stored; remembered within one transaction. */
final class FacetNames {
    /** No facet has such a name, no entity such a scope. */
    static final long UNKNOWN = 0;

    private final Session session;
    private final Map<List<Object>, Long> known = new HashMap<>();

    FacetNames(Session session) {
        this.session = session;
    }

    /** The number of a name, or {@link #UNKNOWN}. */
    long name(Workspace workspace, FacetKind kind, String key) throws SQLException {
        return find(GraphSql.FACET_NAME, workspace.name(), kind.name(), key);
    }

    /** The number of a scope, or {@link #UNKNOWN}. */
    long scope(Workspace workspace, EntityType type, EntityId scope) throws SQLException {
        return find(GraphSql.FACET_SCOPE, workspace.name(), type.wireName(), scope.value());
    }

    long newName(Workspace workspace, FacetKind kind, String key) throws SQLException {
        return add(GraphSql.FACET_NAME, GraphSql.FACET_NAME_ADD, workspace.name(), kind.name(), key);
    }

    long newScope(Workspace workspace, EntityType type, EntityId scope) throws SQLException {
        return add(GraphSql.FACET_SCOPE, GraphSql.FACET_SCOPE_ADD, workspace.name(), type.wireName(), scope.value());
    }

    private long add(GraphSql find, GraphSql add, Object... parts) throws SQLException {
        long found = find(find, parts);
        if (found != UNKNOWN) {
            return found;
        }
        session.update(add, parts);
        return find(find, parts);
    }

    private long find(GraphSql find, Object... parts) throws SQLException {
        List<Object> named = List.of(find, parts[0], parts[1], parts[2]);
        Long found = known.get(named);
        if (found == null) {
            found = session.first(find, row -> row.getLong(1), parts).orElse(UNKNOWN);
            if (found != UNKNOWN) {
                known.put(named, found);
            }
        }
        return found;
    }
}
