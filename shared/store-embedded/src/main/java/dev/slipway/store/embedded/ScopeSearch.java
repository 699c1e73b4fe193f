package dev.slipway.store.embedded;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.embedded.SearchOrder.ByName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One page's search in one scope, which does one of three things.
 *
 * <p>A condition that few satisfy drives it: these are checked against the other conditions and sorted. Where there is
 * none, entities are walked in the order asked for, each checked, until the page is full. The index has them in the order
 * of one facet only, so the walk goes by portions of whole groups of equal values, sorted within; a group that is larger
 * than a portion is a search of its own: its value is one condition more, and one facet of the order less. So are those
 * that lack the facet. When a walk has looked at many and found little, since the conditions are satisfied by many each
 * but by few together, the condition satisfied by the fewest drives after all, however many they are.
 */
final class ScopeSearch {
    private final SearchRows rows;
    private final SearchEffort effort;
    private final int limit;
    private final Part whole;
    private final Map<FacetTest, Long> counts = new HashMap<>();
    private final List<Found> found = new ArrayList<>();
    private long walked;
    private long mayWalk;

    ScopeSearch(SearchRows rows, SearchEffort effort, SearchConditions conditions, SearchOrder order, int limit)
            throws SQLException {
        this.rows = rows;
        this.effort = effort;
        this.limit = limit;
        this.whole = new Part(withoutNeedless(rows, conditions), order, List.of());
        this.mayWalk = conditions.tests().isEmpty() ? Long.MAX_VALUE : effort.walk();
    }

    /** A search, or a part of it: those whose places begin with {@code places} already. */
    private record Part(SearchConditions conditions, SearchOrder order, List<Object> places) {
        ByName first() {
            return order.facets().get(0);
        }

        Part withPlace(SearchConditions fewer, Object place) {
            List<Object> all = new ArrayList<>(places);
            all.add(place);
            return new Part(fewer, order.withoutFirst(), all);
        }
    }

    /** Those of the page and one more, if there is one. */
    List<Found> find(Optional<Found> after) throws SQLException {
        if (!search(whole, after)) {
            found.clear();
            add(whole, new SearchSource.Passing(smallest()), after, Optional.empty());
        }
        return found;
    }

    /** Most often no entity of the scope has what all must lack. */
    private static SearchConditions withoutNeedless(SearchRows rows, SearchConditions conditions) throws SQLException {
        Set<Long> nobodys = new HashSet<>();
        for (long name : conditions.lacking()) {
            if (rows.count(FacetTest.any(name), 1) == 0) {
                nobodys.add(name);
            }
        }
        return conditions.withoutLacking(nobodys);
    }

    /** Returns false when it gave up, having walked far for little. */
    private boolean search(Part part, Optional<Found> after) throws SQLException {
        if (part.conditions().areImpossible()) {
            return true;
        }
        Optional<SearchSource> driver = few(part.conditions());
        if (driver.isPresent()) {
            add(part, driver.get(), after, Optional.empty());
            return true;
        }
        return part.order().facets().isEmpty() ? byId(part, after) : byValue(part, after);
    }

    private boolean byId(Part part, Optional<Found> after) throws SQLException {
        SearchSource source = part.conditions().tests().values().stream()
                .filter(FacetTest::isOfOneValue)
                .findFirst()
                .<SearchSource>map(SearchSource.Passing::new)
                .orElseGet(SearchSource.Entities::new);
        Optional<Found> from = after;
        while (true) {
            Optional<EntityId> end = mayWalk == Long.MAX_VALUE
                    ? Optional.empty()
                    : rows.idAt(source, part.order(), from, effort.portion() - 1L);
            add(part, source, from, end);
            if (isFull() || end.isEmpty()) {
                return true;
            }
            if (!mayGoOn()) {
                return false;
            }
            from = Optional.of(new Found(List.of(), end.get()));
        }
    }

    private boolean byValue(Part part, Optional<Found> after) throws SQLException {
        ByName first = part.first();
        Optional<Object> place = after.map(found -> found.places().get(0));
        boolean amongMissing = place.map(first::isMissing).orElse(false);
        if (!amongMissing && !withValue(part, after)) {
            return false;
        }
        if (isFull() || part.conditions().tests().containsKey(first.name())) {
            return true;
        }
        if (place.isEmpty() && allHave(first.name())) {
            return true;
        }
        return search(
                part.withPlace(part.conditions().lacking(first.name()), first.missing()),
                after.filter(found -> amongMissing).map(Found::withoutFirst));
    }

    private boolean withValue(Part part, Optional<Found> after) throws SQLException {
        ByName first = part.first();
        List<FacetTest> ranges = first.ranges();
        if (after.isPresent()) {
            Object value = first.value(after.get().places().get(0));
            if (!group(part, value, after.map(Found::withoutFirst))) {
                return false;
            }
            ranges = first.rangesAfter(value);
        }
        FacetTest own = part.conditions().tests().getOrDefault(first.name(), FacetTest.any(first.name()));
        for (FacetTest range : ranges) {
            if (!isFull() && !walk(part, range.and(own))) {
                return false;
            }
        }
        return true;
    }

    private boolean allHave(long name) throws SQLException {
        return name != FacetNames.UNKNOWN && rows.count(FacetTest.any(name), Long.MAX_VALUE) == rows.count();
    }

    /** Walks a range of values, portion by portion. */
    private boolean walk(Part part, FacetTest range) throws SQLException {
        ByName first = part.first();
        FacetTest left = range;
        while (!isFull() && !left.isEmpty()) {
            Optional<Object> end = rows.valueAt(left, first, effort.portion());
            if (end.isEmpty()) {
                add(part, new SearchSource.Passing(left), Optional.empty(), Optional.empty());
                return true;
            }
            Object begin = rows.valueAt(left, first, 0).orElseThrow();
            if (StoredOrder.compare(begin, end.get()) == 0) {
                if (!group(part, begin, Optional.empty())) {
                    return false;
                }
                left = first.after(left, begin);
            } else {
                add(part, new SearchSource.Passing(first.before(left, end.get())), Optional.empty(), Optional.empty());
                left = first.from(left, end.get());
            }
            if (!isFull() && !mayGoOn()) {
                return false;
            }
        }
        return true;
    }

    private boolean group(Part part, Object value, Optional<Found> after) throws SQLException {
        FacetTest equal = FacetTest.equal(part.first().name(), value);
        return search(part.withPlace(part.conditions().and(equal), part.first().place(value)), after);
    }

    private void add(Part part, SearchSource source, Optional<Found> after, Optional<EntityId> end)
            throws SQLException {
        List<Found> more = rows.find(source, part.conditions(), part.order(), after, end, limit - found.size());
        for (Found each : more) {
            found.add(each.behind(part.places()));
        }
    }

    private boolean isFull() {
        return found.size() >= limit;
    }

    /** After each portion: a walk that has found too little goes on only if sorting promises no better. */
    private boolean mayGoOn() throws SQLException {
        walked += effort.portion();
        if (walked < mayWalk) {
            return true;
        }
        mayWalk = Long.MAX_VALUE;
        long left = (rows.count() - walked) / 2;
        return left <= 0 || rows.count(smallest(), left) == left;
    }

    /** What few satisfy. */
    private Optional<SearchSource> few(SearchConditions conditions) throws SQLException {
        if (conditions.among().isPresent()) {
            return conditions.among().map(SearchSource.Listed::new);
        }
        Optional<SearchSource> fewest = Optional.empty();
        long count = effort.few();
        for (FacetTest test : conditions.tests().values()) {
            long satisfied = few(test);
            if (satisfied <= count) {
                count = satisfied;
                fewest = Optional.of(new SearchSource.Passing(test));
            }
        }
        return fewest;
    }

    private long few(FacetTest test) throws SQLException {
        Long known = counts.get(test);
        if (known == null) {
            known = rows.count(test, effort.few() + 1L);
            counts.put(test, known);
        }
        return known;
    }

    /** The condition that the fewest satisfy, however many these are. */
    private FacetTest smallest() throws SQLException {
        FacetTest smallest = null;
        long least = Long.MAX_VALUE;
        for (FacetTest test : whole.conditions().tests().values()) {
            long count = rows.count(test, least);
            if (count < least) {
                least = count;
                smallest = test;
            }
        }
        return Objects.requireNonNull(smallest, "what is not driven may walk without end");
    }
}
