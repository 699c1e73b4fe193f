package dev.slipway.store.tests;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Searches by looking at every entity: slow and plainly right. */
final class SearchOracle {
    /** Texts stand before all numbers, NaN after all others. */
    private static final Comparator<Facet.Value> DESCENDING = Comparator.<Facet.Value, Boolean>comparing(
                    value -> Double.isNaN(value.number().orElse(0)))
            .thenComparing((a, b) -> compare(b, a));

    private SearchOracle() {}

    record Row(EntityRef run, EntityId scope, List<Facet> facets) {
        private Optional<Facet.Value> value(FacetKind kind, String key) {
            return facets.stream()
                    .filter(facet -> facet.kind() == kind && facet.key().equals(key))
                    .map(Facet::value)
                    .findFirst();
        }

        private Optional<String> text(FacetKind kind, String key) {
            return value(kind, key)
                    .filter(value -> value instanceof Facet.Value.Text)
                    .map(Facet.Value::text);
        }
    }

    static List<EntityId> search(
            List<Row> rows, List<EntityId> scopes, List<Condition> conditions, List<Order> orders) {
        Comparator<Row> comparator = Stream.concat(orders.stream(), Stream.of(new Order.ById(true)))
                .map(SearchOracle::comparator)
                .reduce(Comparator::thenComparing)
                .orElseThrow();
        return rows.stream()
                .filter(row -> scopes.contains(row.scope()))
                .filter(row -> conditions.stream().allMatch(condition -> satisfies(row, condition)))
                .sorted(comparator)
                .map(row -> row.run().id())
                .toList();
    }

    private static Comparator<Row> comparator(Order order) {
        if (order instanceof Order.ById byId) {
            Comparator<Row> ids = Comparator.comparing(row -> row.run().id());
            return byId.descending() ? ids.reversed() : ids;
        }
        Order.ByFacet by = (Order.ByFacet) order;
        Comparator<Facet.Value> values = by.descending() ? DESCENDING : SearchOracle::compare;
        return Comparator.comparing(row -> row.value(by.kind(), by.key()).orElse(null), Comparator.nullsLast(values));
    }

    private static boolean satisfies(Row row, Condition condition) {
        if (condition instanceof Condition.Compare compare) {
            return row.value(compare.kind(), compare.key())
                    .filter(value -> value.getClass() == compare.value().getClass())
                    .filter(value -> holds(compare, compare(value, compare.value())))
                    .isPresent();
        } else if (condition instanceof Condition.In in) {
            return row.text(in.kind(), in.key())
                    .filter(text -> in.values().contains(text) != in.negated())
                    .isPresent();
        } else if (condition instanceof Condition.Like like) {
            return row.text(like.kind(), like.key())
                    .filter(text -> matches(text, like.pattern(), like.ignoreCase()))
                    .isPresent();
        } else if (condition instanceof Condition.Exists exists) {
            return exists.keys().stream()
                            .anyMatch(key -> row.value(exists.kind(), key).isPresent())
                    != exists.negated();
        } else if (condition instanceof Condition.Ids ids) {
            return ids.ids().contains(row.run().id()) != ids.negated();
        }
        Condition.IdLike like = (Condition.IdLike) condition;
        return matches(row.run().id().value(), like.pattern(), like.ignoreCase());
    }

    private static boolean holds(Condition.Compare compare, int compared) {
        return switch (compare.comparison()) {
            case EQUAL -> compared == 0;
            case NOT_EQUAL -> compared != 0;
            case LESS -> compared < 0;
            case LESS_OR_EQUAL -> compared <= 0;
            case GREATER -> compared > 0;
            case GREATER_OR_EQUAL -> compared >= 0;
        };
    }

    /** Java ignores the case of A to Z only, unless asked for more, as the port does. */
    private static boolean matches(String text, String pattern, boolean ignoreCase) {
        StringBuilder regex = new StringBuilder();
        pattern.codePoints()
                .forEach(c -> regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(Character.toString(c))));
        return Pattern.compile(regex.toString(), Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0))
                .matcher(text)
                .matches();
    }

    private static int compare(Facet.Value left, Facet.Value right) {
        if (left instanceof Facet.Value.Num leftNumber && right instanceof Facet.Value.Num rightNumber) {
            return Double.compare(leftNumber.value(), rightNumber.value());
        }
        if (left instanceof Facet.Value.Text && right instanceof Facet.Value.Text) {
            return Arrays.compareUnsigned(
                    left.text().getBytes(StandardCharsets.UTF_8), right.text().getBytes(StandardCharsets.UTF_8));
        }
        return left instanceof Facet.Value.Num ? -1 : 1;
    }
}
