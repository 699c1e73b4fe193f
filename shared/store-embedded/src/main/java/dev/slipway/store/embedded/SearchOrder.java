package dev.slipway.store.embedded;

import dev.slipway.store.graph.OrderedDouble;
import java.util.ArrayList;
import java.util.List;

/**
 * In what order entities stand: by some facets, then by ids. An entity's place in the order of a facet is the stored
 * value, but for values that stand last in spite of the direction: these have places that do.
 */
record SearchOrder(List<ByName> facets, boolean idsDescending) {
    private static final long NAN = OrderedDouble.encode(Double.NaN);
    /** When descending, NaN stands below all numbers, and what lacks the key below that. */
    private static final double LOW_NAN = -1e300;

    record ByName(long name, boolean descending) {
        /** The place as SQLite computes it. */
        String place(String value) {
            return descending
                    ? "CASE " + value + " WHEN " + NAN + " THEN " + LOW_NAN + " ELSE coalesce(" + value
                            + ", -9e999) END"
                    : "coalesce(" + value + ", x'')";
        }

        Object place(Object value) {
            return descending && value.equals(NAN) ? LOW_NAN : value;
        }

        /** The value of a place that is not that of a missing one. */
        Object value(Object place) {
            return descending && place.equals(LOW_NAN) ? NAN : place;
        }

        Object missing() {
            return descending ? FacetTest.LOWEST : FacetTest.HIGHEST;
        }

        boolean isMissing(Object place) {
            return descending ? FacetTest.LOWEST.equals(place) : place instanceof byte[];
        }

        /** The ranges of values, one after the other, in which the index has the order asked for. */
        List<FacetTest> ranges() {
            FacetTest any = FacetTest.any(name);
            return descending ? List.of(any.from(""), any.below(NAN), FacetTest.equal(name, NAN)) : List.of(any);
        }

        /** Whether values that pass the test stand in the order asked for as they are. */
        boolean isOrderOf(FacetTest test) {
            return !descending
                    || test.isOfOneValue()
                    || test.and(FacetTest.equal(name, NAN)).isEmpty();
        }

        /** What is left of {@link #ranges} after a value. */
        List<FacetTest> rangesAfter(Object value) {
            List<FacetTest> left = new ArrayList<>();
            boolean passed = false;
            for (FacetTest range : ranges()) {
                if (passed) {
                    left.add(range);
                } else if (!range.and(FacetTest.equal(name, value)).isEmpty()) {
                    passed = true;
                    left.add(after(range, value));
                }
            }
            return left;
        }

        FacetTest after(FacetTest range, Object value) {
            return range.and(
                    descending
                            ? FacetTest.any(name).below(value)
                            : FacetTest.any(name).above(value));
        }

        FacetTest before(FacetTest range, Object value) {
            return range.and(
                    descending
                            ? FacetTest.any(name).above(value)
                            : FacetTest.any(name).below(value));
        }

        FacetTest from(FacetTest range, Object value) {
            return range.and(
                    descending
                            ? FacetTest.any(name).to(value)
                            : FacetTest.any(name).from(value));
        }

        String direction() {
            return descending ? " DESC" : "";
        }
    }

    SearchOrder withoutFirst() {
        return new SearchOrder(facets.subList(1, facets.size()), idsDescending);
    }

    String idsDirection() {
        return idsDescending ? " DESC" : "";
    }

    int compare(Found left, Found right) {
        for (int i = 0; i < facets.size(); i++) {
            int compared =
                    StoredOrder.compare(left.places().get(i), right.places().get(i));
            if (compared != 0) {
                return facets.get(i).descending() ? -compared : compared;
            }
        }
        int compared = left.entity().compareTo(right.entity());
        return idsDescending ? -compared : compared;
    }
}
