package dev.slipway.store.embedded;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the ways of a search in one scope cost, in entities looked up in the order of ids; what was counted once is
 * remembered.
 */
final class SearchCosts {
    /** In any other order each entity is on another page of the file. */
    static final int SCATTERED = 3;

    /** To read a row of the index and reject it costs so much less than to look its entity up. */
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

    /** What may drive a search that sorts all that satisfy the conditions. */
    record Driver(SearchSource source, long cost) {}

    Driver cheapest(SearchConditions conditions) throws SQLException {
        Driver cheapest = new Driver(new SearchSource.Entities(), all());
        boolean alone = conditions.tests().size() == 1;
        for (FacetTest test : conditions.tests().values()) {
            long reading = test.scans() ? all() / READING : 0;
            // Where there is no other test, few pass: the walk would have found them.
            long passing = test.scans() && alone ? 0 : count(test);
            long cost = reading + (test.isOfOneValue() ? 1 : SCATTERED) * passing;
            if (cost < cheapest.cost()) {
                cheapest = new Driver(new SearchSource.Passing(test), cost);
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
