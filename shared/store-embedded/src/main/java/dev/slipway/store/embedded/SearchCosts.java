package dev.slipway.store.embedded;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How many rows the ways of a search in one scope would look at; what was counted once is remembered. */
final class SearchCosts {
    /** To read a row of the index and reject it by what it holds costs so much less than to look further rows up for it. */
    private static final int READING = 4;

    private final SearchRows rows;
    private final SearchEffort effort;
    private final Map<FacetTest, Long> few = new HashMap<>();
    private final Map<FacetTest, Long> counts = new HashMap<>();
    private long all = -1;

    SearchCosts(SearchRows rows, SearchEffort effort) {
        this.rows = rows;
        this.effort = effort;
    }

    /** The entities among which all are that satisfy the conditions, if one of these tells that they are few. */
    Optional<SearchSource> few(SearchConditions conditions) throws SQLException {
        if (conditions.among().isPresent()) {
            return conditions.among().map(SearchSource.Listed::new);
        }
        Optional<SearchSource> fewest = Optional.empty();
        long least = effort.few();
        for (FacetTest test : conditions.tests().values()) {
            long count = few(test);
            if (count <= least) {
                least = count;
                fewest = Optional.of(new SearchSource.Passing(test));
            }
        }
        return fewest;
    }

    /** What rows have to be read for counts, so that a pattern does not make this a search of its own. */
    private long few(FacetTest test) throws SQLException {
        Long known = few.get(test);
        if (known == null) {
            known = rows.count(test.scans() ? test.withoutClauses() : test, effort.few() + 1L);
            few.put(test, known);
        }
        return known;
    }

    /** A test that drives a search, and how many entities are looked up then. */
    record Driver(FacetTest test, long cost) {}

    /** The test that costs the least. */
    Optional<Driver> cheapest(SearchConditions conditions) throws SQLException {
        Optional<Driver> cheapest = Optional.empty();
        boolean alone = conditions.tests().size() == 1;
        for (FacetTest test : conditions.tests().values()) {
            long reading = test.scans() ? count(test.withoutClauses()) / READING : 0;
            // Where there is no other test, few pass: the walk would have found them.
            long cost = reading + (test.scans() && alone ? 0 : count(test));
            if (cheapest.isEmpty() || cost < cheapest.get().cost()) {
                cheapest = Optional.of(new Driver(test, cost));
            }
        }
        return cheapest;
    }

    /** Whether every entity has a facet of this name. */
    boolean allHave(long name) throws SQLException {
        return name != FacetNames.UNKNOWN && count(FacetTest.any(name)) == all();
    }

    private long count(FacetTest test) throws SQLException {
        Long known = counts.get(test);
        if (known == null) {
            known = rows.count(test, Long.MAX_VALUE);
            counts.put(test, known);
        }
        return known;
    }

    /** How many entities the scope has. */
    long all() throws SQLException {
        if (all < 0) {
            all = rows.count();
        }
        return all;
    }
}
