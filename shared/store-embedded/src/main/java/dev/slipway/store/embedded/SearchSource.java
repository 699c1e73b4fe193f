package dev.slipway.store.embedded;

import dev.slipway.kernel.id.EntityId;
import java.util.Set;

/** Where a statement of a search takes its rows {@code d} from, each of another entity; all through an index. */
sealed interface SearchSource {
    /** Begins the statement after its columns. */
    void from(SearchSql sql);

    /** Goes on after the joins, with the first conditions. */
    void where(SearchSql sql, long scope);

    /** Whether {@code d.value} is the value of the facet of this name, already tested. */
    default boolean isOf(long name) {
        return false;
    }

    /** Whether {@code d.value} is the place in this order, so that the index has the order already. */
    default boolean isInOrderOf(SearchOrder.ByName by) {
        return false;
    }

    /** All that have any facet, in the order of ids. */
    record Entities() implements SearchSource {
        @Override
        public void from(SearchSql sql) {
            sql.add(" FROM facet_entity AS d");
        }

        @Override
        public void where(SearchSql sql, long scope) {
            sql.add(" WHERE d.scope = ?", scope);
        }
    }

    /** Those that pass a test, in the order of values, then of ids. */
    record Passing(FacetTest test) implements SearchSource {
        @Override
        public void from(SearchSql sql) {
            sql.add(" FROM facet AS d INDEXED BY facet_by_value");
        }

        @Override
        public void where(SearchSql sql, long scope) {
            sql.add(" WHERE d.scope = ?", scope);
            test.add(sql, "d");
        }

        @Override
        public boolean isOf(long name) {
            return test.name() == name;
        }

        @Override
        public boolean isInOrderOf(SearchOrder.ByName by) {
            return isOf(by.name()) && by.isOrderOf(test);
        }
    }

    /** Those that the search names. */
    record Listed(Set<EntityId> ids) implements SearchSource {
        @Override
        public void from(SearchSql sql) {
            sql.add(" FROM json_each(?) AS listed CROSS JOIN facet_entity AS d", SearchConditions.json(ids));
        }

        @Override
        public void where(SearchSql sql, long scope) {
            sql.add(" WHERE d.scope = ? AND d.entity = unhex(listed.value)", scope);
        }
    }
}
