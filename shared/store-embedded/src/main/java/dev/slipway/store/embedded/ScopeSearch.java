package dev.slipway.store.embedded;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.embedded.SearchOrder.ByName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One page's search in one scope, which does one of three things.
 *
 * <p>A condition that few satisfy drives it: these are checked against the other conditions and sorted. Where there is
 * none, entities are walked in the order asked for, each checked, until the page is full. The index has them in the order
 * of one facet only, so the walk goes by portions of whole groups of equal values, sorted within; a group that is larger
 * than a portion is a search of its own: its value is one condition more, and one facet of the order less. So are those
 * that lack the facet. When a {@link Walk} finds too little, since the conditions are satisfied by many each but by few
 * together, what costs least drives after all: one of them, or all entities.
 */
final class ScopeSearch {
    private final SearchRows rows;
    private final SearchCosts costs;
    private final SearchEffort effort;
    private final int limit;
    private final Part whole;
    private final List<Found> found = new ArrayList<>();
    private long walked;

    /** @param limit how many are found at most */
    ScopeSearch(SearchRows rows, SearchEffort effort, SearchConditions conditions, SearchOrder order, int limit)
            throws SQLException {
        this.rows = rows;
        this.costs = new SearchCosts(rows, effort);
        this.effort = effort;
        this.limit = limit;
        this.whole = new Part(withoutNeedless(rows, conditions), order, List.of());
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

    /** A search, or a part of it: those whose places begin with {@code places} already. */
    private record Part(SearchConditions conditions, SearchOrder order, List<Object> places) {
        ByName first() {
            return order.facets().get(0);
        }

        Part withPlace(SearchConditions narrower, Object place) {
            List<Object> all = new ArrayList<>(places);
            all.add(place);
            return new Part(narrower, order.withoutFirst(), all);
        }
    }

    /** How a part is walked, and whether that is still worth it. */
    private final class Walk {
        private final Part part;
        private final long walkedBefore = walked;
        private final int foundBefore = found.size();

        Walk(Part part) {
            this.part = part;
        }

        /** Whether what is still to be walked, if it yields as little as before, costs less than sorting. */
        boolean goesOn() throws SQLException {
            long done = walked - walkedBefore;
            if (done <= effort.patience()) {
                return true;
            }
            long yield = (long) found.size() - foundBefore;
            long missing = (long) limit - found.size();
            long expected = yield == 0 ? Long.MAX_VALUE : done * missing / yield;
            long left = Math.min(expected, costs.all() - done);
            long cost = part.order().facets().isEmpty() ? left : SearchCosts.SCATTERED * left;
            return cost < 2 * costs.cheapest(part.conditions()).cost();
        }

        void forget() {
            found.subList(foundBefore, found.size()).clear();
        }
    }

    List<Found> find(Optional<Found> after) throws SQLException {
        search(whole, after);
        return found;
    }

    private void search(Part part, Optional<Found> after) throws SQLException {
        if (part.conditions().areImpossible()) {
            return;
        }
        Optional<SearchSource> few = costs.few(part.conditions());
        if (few.isPresent()) {
            add(part, few.get(), after, Optional.empty());
            return;
        }
        Walk walk = new Walk(part);
        boolean ended = part.order().facets().isEmpty() ? byId(walk, after) : byValue(walk, after);
        if (!ended) {
            walk.forget();
            SearchCosts.Driver driver = costs.cheapest(part.conditions());
            walked += driver.cost();
            add(part, driver.source(), after, Optional.empty());
        }
    }

    /** Like the other walks, returns false when it gave up. */
    private boolean byId(Walk walk, Optional<Found> after) throws SQLException {
        Part part = walk.part;
        SearchSource source = part.conditions()
                .ofOneValue()
                .<SearchSource>map(SearchSource.Passing::new)
                .orElseGet(SearchSource.Entities::new);
        boolean mayGiveUp = !part.conditions().tests().isEmpty();
        Optional<Found> from = after;
        while (true) {
            Optional<EntityId> end =
                    mayGiveUp ? rows.idAt(source, part.order(), from, effort.portion() - 1L) : Optional.empty();
            add(part, source, from, end);
            walked += effort.portion();
            if (isFull() || end.isEmpty()) {
                return true;
            }
            if (!walk.goesOn()) {
                return false;
            }
            from = Optional.of(new Found(List.of(), end.get()));
        }
    }

    /** First those that have the facet, then those that lack it. */
    private boolean byValue(Walk walk, Optional<Found> after) throws SQLException {
        Part part = walk.part;
        ByName first = part.first();
        Optional<Object> place = after.map(found -> found.places().get(0));
        boolean amongMissing = place.map(first::isMissing).orElse(false);
        if (!amongMissing && !withValue(walk, after)) {
            return false;
        }
        if (!isFull() && (amongMissing || mayLack(part))) {
            search(
                    part.withPlace(part.conditions().lacking(first.name()), first.missing()),
                    after.filter(found -> amongMissing).map(Found::withoutFirst));
        }
        return true;
    }

    private boolean mayLack(Part part) throws SQLException {
        long name = part.first().name();
        return !part.conditions().tests().containsKey(name) && !costs.allHave(name);
    }

    private boolean withValue(Walk walk, Optional<Found> after) throws SQLException {
        Part part = walk.part;
        ByName first = part.first();
        List<FacetTest> ranges = first.ranges();
        if (after.isPresent()) {
            Object value = first.value(after.get().places().get(0));
            group(part, value, after.map(Found::withoutFirst));
            ranges = first.rangesAfter(value);
        }
        FacetTest own = part.conditions().tests().getOrDefault(first.name(), FacetTest.any(first.name()));
        for (FacetTest range : ranges) {
            if (!walkRange(walk, range.and(own))) {
                return false;
            }
        }
        return true;
    }

    private boolean walkRange(Walk walk, FacetTest range) throws SQLException {
        Part part = walk.part;
        ByName first = part.first();
        FacetTest left = range;
        while (!isFull() && !left.isEmpty()) {
            Optional<Object> end = rows.valueAt(left, first, effort.portion());
            if (end.isEmpty()) {
                add(part, new SearchSource.Passing(left), Optional.empty(), Optional.empty());
                walked += effort.portion();
                return true;
            }
            Object begin = rows.valueAt(left, first, 0).orElseThrow();
            if (StoredOrder.compare(begin, end.get()) == 0) {
                group(part, begin, Optional.empty());
                left = first.after(left, begin);
            } else {
                add(part, new SearchSource.Passing(first.before(left, end.get())), Optional.empty(), Optional.empty());
                walked += effort.portion();
                left = first.from(left, end.get());
            }
            if (!isFull() && !walk.goesOn()) {
                return false;
            }
        }
        return true;
    }

    /** Those that have one value. */
    private void group(Part part, Object value, Optional<Found> after) throws SQLException {
        FacetTest equal = FacetTest.equal(part.first().name(), value);
        search(part.withPlace(part.conditions().and(equal), part.first().place(value)), after);
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
}
