package dev.slipway.store.embedded;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.embedded.SearchOrder.ByName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the statements of searches in one scope give. */
final class SearchRows {
    private final Session session;
    private final SearchStatements statements;

    SearchRows(Session session, long scope) {
        this.session = session;
        this.statements = new SearchStatements(scope);
    }

    /**
     * The first entities that a source gives and that satisfy the conditions, in the order asked for.
     *
     * @param after where they begin
     * @param end the last id looked at, where they are looked at in the order of ids
     * @param limit how many at most
     */
    List<Found> find(
            SearchSource source,
            SearchConditions conditions,
            SearchOrder order,
            Optional<Found> after,
            Optional<EntityId> end,
            int limit)
            throws SQLException {
        SearchSql sql = statements.find(source, conditions, order, after, end, limit);
        int places = order.facets().size();
        return session.query(sql, row -> found(row, places), sql.values());
    }

    private static Found found(ResultSet row, int places) throws SQLException {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            all.add(Values.read(row, i + 2));
        }
        return new Found(all, Ids.id(row.getBytes(1)));
    }

    long count(FacetTest test, long limit) throws SQLException {
        SearchSql sql = statements.count(test, limit);
        return session.number(sql, sql.values());
    }

    long count() throws SQLException {
        SearchSql sql = statements.count();
        return session.number(sql, sql.values());
    }

    Optional<Object> valueAt(FacetTest range, ByName by, long offset) throws SQLException {
        SearchSql sql = statements.valueAt(range, by, offset);
        return session.first(sql, row -> Values.read(row, 1), sql.values());
    }

    Optional<EntityId> idAt(SearchSource source, SearchOrder order, Optional<Found> after, long offset)
            throws SQLException {
        SearchSql sql = statements.idAt(source, order, after, offset);
        return session.first(sql, row -> Ids.id(row.getBytes(1)), sql.values());
    }
}
