package dev.slipway.store.arangodb;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The conditions of a search as the values that its texts are given: tests of a facet's place, of which keys there are,
 * and of the entity's id.
 */
final class SearchTests {
    private final List<Map<String, Object>> facets = new ArrayList<>();
    private final List<Map<String, Object>> keys = new ArrayList<>();
    private final List<Map<String, Object>> ids = new ArrayList<>();
    private final List<String> idPatterns = new ArrayList<>();
    private Optional<Set<EntityId>> among = Optional.empty();

    SearchTests(List<Condition> conditions) {
        conditions.forEach(this::add);
    }

    private void add(Condition condition) {
        if (condition instanceof Condition.Compare compare) {
            facets.add(compare(compare));
        } else if (condition instanceof Condition.In in) {
            Map<String, Object> test = test(in.kind(), in.key(), Ordered.TEXTS, after(Ordered.TEXTS));
            test.put("values", in.values().stream().map(Ordered::text).toList());
            test.put("negated", in.negated());
            facets.add(test);
        } else if (condition instanceof Condition.Like like) {
            Map<String, Object> test = test(like.kind(), like.key(), Ordered.TEXTS, after(Ordered.TEXTS));
            test.put("pattern", new TextPattern(like.pattern(), like.ignoreCase()).ofPlaces());
            facets.add(test);
        } else if (condition instanceof Condition.Exists exists) {
            exists(exists);
        } else if (condition instanceof Condition.Ids listed) {
            ids(listed);
        } else if (condition instanceof Condition.IdLike like) {
            idPatterns.add(new TextPattern(like.pattern(), like.ignoreCase()).ofIds());
        }
    }

    private static Map<String, Object> compare(Condition.Compare compare) {
        String value = Ordered.facet(compare.value());
        String lowest = compare.value() instanceof Facet.Value.Num ? Ordered.NUMBERS : Ordered.TEXTS;
        FacetKind kind = compare.kind();
        String key = compare.key();
        return switch (compare.comparison()) {
            case EQUAL -> test(kind, key, value, after(value));
            case NOT_EQUAL -> {
                Map<String, Object> test = test(kind, key, lowest, after(lowest));
                test.put("values", List.of(value));
                test.put("negated", true);
                yield test;
            }
            case LESS -> test(kind, key, lowest, value);
            case LESS_OR_EQUAL -> test(kind, key, lowest, after(value));
            case GREATER -> test(kind, key, after(value), after(lowest));
            case GREATER_OR_EQUAL -> test(kind, key, value, after(lowest));
        };
    }

    private static String after(String prefix) {
        return prefix + Ordered.AFTER;
    }

    /** That the place lies between two, both left out. */
    private static Map<String, Object> test(FacetKind kind, String key, String low, String high) {
        return new HashMap<>(Map.of("kind", kind.name(), "key", key, "low", low, "high", high));
    }

    private void exists(Condition.Exists exists) {
        if (!exists.negated() && exists.keys().size() == 1) {
            facets.add(test(exists.kind(), exists.keys().get(0), "", String.valueOf(Ordered.AFTER)));
        } else {
            keys.add(Map.of("kind", exists.kind().name(), "keys", exists.keys(), "negated", exists.negated()));
        }
    }

    private void ids(Condition.Ids listed) {
        Set<EntityId> all = Set.copyOf(listed.ids());
        ids.add(Map.of("ids", all.stream().map(EntityId::value).toList(), "negated", listed.negated()));
        if (!listed.negated()) {
            among = Optional.of(
                    among.map(others -> others.stream().filter(all::contains).collect(Collectors.toSet()))
                            .orElse(all));
        }
    }

    /** Each with {@code kind}, {@code key}, {@code low} and {@code high}. */
    List<Map<String, Object>> facets() {
        return facets;
    }

    /** The only entities that can be found, where the search names them. */
    Optional<Set<EntityId>> among() {
        return among;
    }

    Map<String, Object> values() {
        return Map.of("tests", facets, "keys", keys, "ids", ids, "idPatterns", idPatterns);
    }
}
