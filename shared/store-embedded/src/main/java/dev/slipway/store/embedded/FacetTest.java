package dev.slipway.store.embedded;

import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of one facet: that its stored value lies in a range, of which either end may be left out, and what
 * further clauses say of it. Several tests of one facet are one test.
 */
record FacetTest(long name, Object low, boolean aboveLow, Object high, boolean belowHigh, List<Clause> clauses) {
    /** Before and after all values stored. */
    static final Object LOWEST = Double.NEGATIVE_INFINITY;

    static final Object HIGHEST = new byte[] {};

    /**
     * @param sql with {@code %s} for the row it speaks of, and a {@code ?} for the value
     * @param scans whether rows are read to be rejected by it, where an index leads to those that it lets pass otherwise
     */
    record Clause(String sql, Object value, boolean scans) {
        Clause(String sql, Object value) {
            this(sql, value, true);
        }

        String of(String row) {
            return sql.replace("%s", row);
        }
    }

    static FacetTest any(long name) {
        return new FacetTest(name, LOWEST, false, HIGHEST, false, List.of());
    }

    static FacetTest equal(long name, Object value) {
        return new FacetTest(name, value, false, value, false, List.of());
    }

    FacetTest from(Object value) {
        return new FacetTest(name, value, false, high, belowHigh, clauses);
    }

    FacetTest above(Object value) {
        return new FacetTest(name, value, true, high, belowHigh, clauses);
    }

    FacetTest to(Object value) {
        return new FacetTest(name, low, aboveLow, value, false, clauses);
    }

    FacetTest below(Object value) {
        return new FacetTest(name, low, aboveLow, value, true, clauses);
    }

    FacetTest with(Clause clause) {
        return new FacetTest(name, low, aboveLow, high, belowHigh, List.of(clause));
    }

    boolean scans() {
        return clauses.stream().anyMatch(Clause::scans);
    }

    FacetTest withoutClauses() {
        return new FacetTest(name, low, aboveLow, high, belowHigh, List.of());
    }

    /** Both tests, of the same facet. */
    FacetTest and(FacetTest other) {
        int lows = StoredOrder.compare(low, other.low);
        int highs = StoredOrder.compare(high, other.high);
        List<Clause> all = new ArrayList<>(clauses);
        all.addAll(other.clauses);
        return new FacetTest(
                name,
                lows >= 0 ? low : other.low,
                lows == 0 ? aboveLow || other.aboveLow : lows > 0 ? aboveLow : other.aboveLow,
                highs <= 0 ? high : other.high,
                highs == 0 ? belowHigh || other.belowHigh : highs < 0 ? belowHigh : other.belowHigh,
                List.copyOf(all));
    }

    /** Whether no value can pass. */
    boolean isEmpty() {
        int compared = StoredOrder.compare(low, high);
        return name == FacetNames.UNKNOWN || compared > 0 || (compared == 0 && (aboveLow || belowHigh));
    }

    /** Whether one value passes at most, so that entities that pass stand in the index in the order of their ids. */
    boolean isOfOneValue() {
        return StoredOrder.compare(low, high) == 0;
    }

    /** Adds the test of a row of facets. */
    void add(SearchSql sql, String row) {
        sql.add(" AND " + row + ".name = ?", name);
        if (isOfOneValue() && !isEmpty()) {
            sql.add(" AND " + row + ".value = ?", low);
        } else {
            sql.add(" AND " + row + ".value " + (aboveLow ? ">" : ">=") + " ?", low);
            sql.add(" AND " + row + ".value " + (belowHigh ? "<" : "<=") + " ?", high);
        }
        clauses.forEach(clause -> sql.add(" AND " + clause.of(row), clause.value()));
    }
}
