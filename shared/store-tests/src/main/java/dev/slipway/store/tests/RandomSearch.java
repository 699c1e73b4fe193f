package dev.slipway.store.tests;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Entities and searches with many ties, missing keys and all that is special among values and patterns. */
final class RandomSearch {
    private static final List<FacetKind> KINDS = List.of(FacetKind.METRIC, FacetKind.PARAM);
    private static final List<String> KEYS = List.of("a", "b", "c");
    private static final List<Comparison> COMPARISONS = List.of(Comparison.values());
    private static final List<Double> NUMBERS = List.of(
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, 1.0, 1.0, 2.0, -3.5, 1e300);
    private static final String LONG = "long " + "ü😀".repeat(700);
    private static final List<String> TEXTS = List.of(
            "", "t1", "T1", "t2", "t%2", "t_2", "[t]*?", "ä", "Ä", "😀", "\uffee", "q\"\\\n", LONG + "1", LONG + "2");
    private static final List<String> PATTERNS = List.of(
            "%",
            "_", "__", "t%", "T_", "%2", "%T%", "", "[t]*?", "[t]%", "ä", "_😀%", "long %1", "t1", "%\n", "\\%",
            "\uffee");

    private final Random random;

    RandomSearch(long seed) {
        this.random = new Random(seed);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    int upTo(int most) {
        return random.nextInt(most + 1);
    }

    /** An entity with some of the keys. */
    SearchOracle.Row row(EntityRef run, List<EntityId> scopes) {
        List<Facet> facets = new ArrayList<>();
        facets.add(new Facet(FacetKind.TAG, "always", new Facet.Value.Text("x"), 0, 0));
        for (FacetKind kind : KINDS) {
            for (String key : KEYS) {
                if (random.nextInt(3) > 0) {
                    facets.add(new Facet(kind, key, value(kind), 0, 0));
                }
            }
        }
        return new SearchOracle.Row(run, any(scopes), facets);
    }

    /** Metrics are most often numbers, params texts. */
    private Facet.Value value(FacetKind kind) {
        boolean number = (kind == FacetKind.METRIC) == random.nextInt(8) > 0;
        return number ? new Facet.Value.Num(any(NUMBERS)) : new Facet.Value.Text(any(TEXTS));
    }

    List<EntityId> scopes(List<EntityId> all) {
        return random.nextInt(3) == 0 ? all : List.of(any(all));
    }

    List<Condition> conditions(List<SearchOracle.Row> rows) {
        return IntStream.range(0, upTo(3)).mapToObj(i -> condition(rows)).toList();
    }

    private Condition condition(List<SearchOracle.Row> rows) {
        FacetKind kind = any(KINDS);
        String key = random.nextInt(20) == 0 ? "unknown" : any(KEYS);
        boolean flag = random.nextBoolean();
        return switch (random.nextInt(8)) {
            case 0 -> new Condition.In(FacetKind.PARAM, key, some(TEXTS), flag);
            case 1 -> new Condition.Like(FacetKind.PARAM, key, any(PATTERNS), flag);
            case 2 -> new Condition.Exists(kind, some(KEYS), flag);
            case 3 -> new Condition.Exists(kind, List.of(key), flag);
            case 4 ->
                new Condition.Ids(some(rows).stream().map(row -> row.run().id()).toList(), flag);
            case 5 -> new Condition.IdLike("%" + any(List.of("A", "b", "1_", "")) + "%", flag);
            default -> new Condition.Compare(kind, key, any(COMPARISONS), value(kind));
        };
    }

    private <T> List<T> some(List<T> values) {
        return values.stream().filter(value -> random.nextInt(4) == 0).toList();
    }

    List<Order> orders() {
        return IntStream.range(0, upTo(3))
                .<Order>mapToObj(i -> random.nextInt(8) == 0
                        ? new Order.ById(random.nextBoolean())
                        : new Order.ByFacet(
                                any(KINDS), random.nextInt(15) == 0 ? "unknown" : any(KEYS), random.nextBoolean()))
                .toList();
    }
}
