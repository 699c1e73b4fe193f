package dev.slipway.store.tests;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Filter;
import dev.slipway.store.graph.FacetQuery.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Searches by looking at every entity: slow and plainly right. */
final class SearchOracle {
    private static final List<Comparison> COMPARISONS = List.of(Comparison.values());
    private static final List<String> KEYS = List.of("a", "b", "c");

    private SearchOracle() {}

    record Row(EntityRef run, List<Facet> facets) {
        private Optional<Facet.Value> value(FacetKind kind, String key) {
            return facets.stream()
                    .filter(facet -> facet.kind() == kind && facet.key().equals(key))
                    .map(Facet::value)
                    .findFirst();
        }
    }

    /** An entity with some of the keys, each a small number, NaN or a text. */
    static Row row(EntityRef run, Random random) {
        List<Facet> facets = new ArrayList<>();
        facets.add(new Facet(FacetKind.TAG, "always", new Facet.Value.Text("x"), 0, 0));
        for (String key : KEYS) {
            if (random.nextInt(4) > 0) {
                facets.add(new Facet(kind(random), key, value(random), 0, 0));
            }
        }
        return new Row(run, facets);
    }

    static List<Filter> filters(Random random) {
        List<Filter> filters = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            filters.add(new Filter(
                    kind(random),
                    KEYS.get(random.nextInt(KEYS.size())),
                    COMPARISONS.get(random.nextInt(COMPARISONS.size())),
                    value(random)));
        }
        return filters;
    }

    static Optional<Order> order(Random random) {
        return random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(new Order(kind(random), KEYS.get(random.nextInt(KEYS.size())), random.nextBoolean()));
    }

    private static FacetKind kind(Random random) {
        return random.nextBoolean() ? FacetKind.METRIC : FacetKind.PARAM;
    }

    private static Facet.Value value(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Facet.Value.Num(Double.NaN);
            case 1 -> new Facet.Value.Text("t" + random.nextInt(4));
            default -> new Facet.Value.Num(random.nextInt(6) - 2);
        };
    }

    static List<EntityId> search(List<Row> rows, List<Filter> filters, Optional<Order> order) {
        Comparator<Row> byId = Comparator.comparing(row -> row.run().id());
        Comparator<Row> comparator = byId.reversed();
        if (order.isPresent()) {
            Comparator<Row> byValue = Comparator.<Row, Facet.Value>comparing(
                            row -> row.value(order.get().kind(), order.get().key())
                                    .orElse(null),
                            Comparator.nullsFirst(SearchOracle::compare))
                    .thenComparing(byId);
            Comparator<Row> missingLast = Comparator.comparing(
                    row -> row.value(order.get().kind(), order.get().key()).isEmpty());
            comparator = missingLast.thenComparing(order.get().descending() ? byValue.reversed() : byValue);
        }
        return rows.stream()
                .filter(row -> filters.stream().allMatch(filter -> satisfies(row, filter)))
                .sorted(comparator)
                .map(row -> row.run().id())
                .toList();
    }

    private static boolean satisfies(Row row, Filter filter) {
        Optional<Facet.Value> value = row.value(filter.kind(), filter.key());
        if (value.isEmpty() || value.get().getClass() != filter.value().getClass()) {
            return false;
        }
        int compared = compare(value.get(), filter.value());
        return switch (filter.comparison()) {
            case EQUAL -> compared == 0;
            case NOT_EQUAL -> compared != 0;
            case LESS -> compared < 0;
            case LESS_OR_EQUAL -> compared <= 0;
            case GREATER -> compared > 0;
            case GREATER_OR_EQUAL -> compared >= 0;
        };
    }

    private static int compare(Facet.Value left, Facet.Value right) {
        if (left instanceof Facet.Value.Num leftNumber && right instanceof Facet.Value.Num rightNumber) {
            return Double.compare(leftNumber.value(), rightNumber.value());
        }
        if (left instanceof Facet.Value.Text && right instanceof Facet.Value.Text) {
            return left.text().compareTo(right.text());
        }
        return left instanceof Facet.Value.Num ? -1 : 1;
    }
}
