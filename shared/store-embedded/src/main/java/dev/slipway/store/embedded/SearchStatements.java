package dev.slipway.store.embedded;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.embedded.SearchOrder.ByName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of searches in one scope. */
record SearchStatements(long scope) {
    /** The columns are the entity and its places; see {@link SearchRows#find}. */
    SearchSql find(
            SearchSource source,
            SearchConditions conditions,
            SearchOrder order,
            Optional<Found> after,
            Optional<EntityId> end,
            int limit) {
        List<String> places = new ArrayList<>();
        SearchSql sql = new SearchSql().add("SELECT d.entity");
        for (ByName by : order.facets()) {
            places.add(by.place(source.isOf(by.name()) ? "d.value" : "o" + places.size() + ".value"));
            sql.add(", " + places.get(places.size() - 1));
        }
        source.from(sql);
        for (int i = 0; i < places.size(); i++) {
            if (!source.isOf(order.facets().get(i).name())) {
                sql.add(
                        " LEFT JOIN facet AS o" + i + " ON o" + i + ".entity = d.entity AND o" + i + ".name = ?",
                        order.facets().get(i).name());
            }
        }
        source.where(sql, scope);
        end.ifPresent(id -> sql.add(" AND d.entity " + (order.idsDescending() ? ">=" : "<=") + " ?", Ids.bytes(id)));
        after.ifPresent(place -> after(sql, order, places, place));
        conditions.add(sql, source);
        sql.add(" ORDER BY ");
        for (int i = 0; i < places.size(); i++) {
            ByName by = order.facets().get(i);
            sql.add((source.isInOrderOf(by) ? "d.value" : places.get(i)) + by.direction() + ", ");
        }
        return sql.add("d.entity" + order.idsDirection() + " LIMIT ?", limit);
    }

    /** {@code AND (p0 > ? OR p0 = ? AND (p1 < ? OR p1 = ? AND d.entity < ?))}. */
    private static void after(SearchSql sql, SearchOrder order, List<String> places, Found found) {
        for (int i = 0; i < places.size(); i++) {
            Object place = found.places().get(i);
            sql.add(" AND (" + places.get(i) + (order.facets().get(i).descending() ? " < ?" : " > ?"), place);
            sql.add(" OR " + places.get(i) + " = ?", place);
        }
        sql.add(" AND d.entity " + (order.idsDescending() ? "<" : ">") + " ?", Ids.bytes(found.entity()));
        sql.add(")".repeat(places.size()));
    }

    /** How many pass the test, counted up to a limit. */
    SearchSql count(FacetTest test, long limit) {
        return from(new SearchSource.Passing(test), "SELECT count(*) FROM (SELECT 1")
                .add(" LIMIT ?)", limit);
    }

    /** How many entities the scope has. */
    SearchSql count() {
        return from(new SearchSource.Entities(), "SELECT count(*)");
    }

    /** The value of the row at an offset of the range, in the direction asked for. */
    SearchSql valueAt(FacetTest range, ByName by, long offset) {
        return from(new SearchSource.Passing(range.withoutClauses()), "SELECT d.value")
                .add(" ORDER BY d.value" + by.direction() + " LIMIT 1 OFFSET ?", offset);
    }

    /** The id at an offset of a source that stands in the order of ids. */
    SearchSql idAt(SearchSource source, SearchOrder order, Optional<Found> after, long offset) {
        SearchSql sql = from(source, "SELECT d.entity");
        after.ifPresent(found -> after(sql, order, List.of(), found));
        return sql.add(" ORDER BY d.entity" + order.idsDirection() + " LIMIT 1 OFFSET ?", offset);
    }

    private SearchSql from(SearchSource source, String columns) {
        SearchSql sql = new SearchSql().add(columns);
        source.from(sql);
        source.where(sql, scope);
        return sql;
    }
}
