package dev.slipway.store.arangodb;

import static dev.slipway.store.arangodb.MemoryAnswers.text;

import dev.slipway.store.arangodb.MemoryAnswers.Answering;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Searches by facets in the double's documents. */
final class MemorySearch {
    /** The facets of a workspace by what names them. */
    private record Facets(Map<List<Object>, Map<String, Object>> byName) {
        static Facets of(Answering query) {
            return new Facets(query.inWorkspace("facets")
                    .collect(Collectors.toMap(
                            facet -> List.of(facet.get("entity"), facet.get("kind"), facet.get("key")),
                            Function.identity())));
        }

        Optional<String> place(Object entity, Object kind, Object key) {
            return Optional.ofNullable(byName.get(List.of(entity, kind, key))).map(facet -> text(facet, "place"));
        }
    }

    private record Found(List<String> places, String rank) {
        Object row() {
            return Map.of("places", places, "rank", rank);
        }
    }

    private MemorySearch() {}

    /** The facets that lie in the driver's range. */
    static Stream<Map<String, Object>> inRange(Answering query) {
        return query.inWorkspace("facets")
                .filter(query.equal("type", "scope", "kind", "key"))
                .filter(query.within("low", "high"));
    }

    static Stream<Map<String, Object>> inScope(Answering query) {
        return query.inWorkspace("facet_entities").filter(query.equal("type", "scope"));
    }

    static Stream<Map<String, Object>> listed(Answering query) {
        List<?> listed = (List<?>) query.values().get("listed");
        return inScope(query).filter(entity -> listed.contains(entity.get("place")));
    }

    static List<Object> byId(Answering query, boolean descending) {
        return satisfying(query, inScope(query).filter(query.within("low", "high")))
                .sorted(MemoryAnswers.by("place", descending))
                .limit(query.limit())
                .map(entity -> new Found(List.of(), text(entity, "place")).row())
                .toList();
    }

    static List<Object> inOrder(Answering query, Stream<Map<String, Object>> source) {
        List<Map<?, ?>> orders = maps(query, "orders");
        Facets facets = Facets.of(query);
        Comparator<Found> comparator = (left, right) -> compare(query, orders, left, right);
        Stream<Found> found = satisfying(query, source).map(entity -> found(query, orders, facets, entity));
        if (query.values().get("after") instanceof Map<?, ?> after) {
            Found last = new Found(
                    ((List<?>) after.get("places"))
                            .stream().map(String.class::cast).toList(),
                    (String) after.get("rank"));
            found = found.filter(entity -> comparator.compare(entity, last) > 0);
        }
        return found.sorted(comparator).limit(query.limit()).map(Found::row).toList();
    }

    private static Found found(Answering query, List<Map<?, ?>> orders, Facets facets, Map<String, Object> entity) {
        String place = text(entity, "place");
        return new Found(
                orders.stream()
                        .map(order -> facets.place(entity.get("entity"), order.get("kind"), order.get("key"))
                                .map(MemorySearch::value)
                                .map(value -> value.equals(query.text("nan")) ? (String) order.get("lowNan") : value)
                                .orElseGet(() -> (String) order.get("missing")))
                        .toList(),
                place.substring(place.length() - Ordered.ID_LENGTH));
    }

    private static int compare(Answering query, List<Map<?, ?>> orders, Found left, Found right) {
        for (int i = 0; i < orders.size(); i++) {
            int compared = left.places().get(i).compareTo(right.places().get(i));
            if (compared != 0) {
                return isSet(orders.get(i), "descending") ? -compared : compared;
            }
        }
        int compared = left.rank().compareTo(right.rank());
        return isSet(query.values(), "idsDescending") ? -compared : compared;
    }

    private static Stream<Map<String, Object>> satisfying(Answering query, Stream<Map<String, Object>> source) {
        Facets facets = Facets.of(query);
        List<Pattern> idPatterns = ((List<?>) query.values().get("idPatterns"))
                .stream().map(pattern -> Pattern.compile((String) pattern)).toList();
        return source.filter(entity -> maps(query, "tests").stream().allMatch(test -> passes(facets, entity, test)))
                .filter(entity -> maps(query, "keys").stream()
                        .allMatch(test -> hasAny(facets, entity, test) != isSet(test, "negated")))
                .filter(entity -> maps(query, "ids").stream()
                        .allMatch(test ->
                                ((List<?>) test.get("ids")).contains(entity.get("entity")) != isSet(test, "negated")))
                .filter(entity -> idPatterns.stream().allMatch(pattern -> pattern.matcher(text(entity, "entity"))
                        .find()));
    }

    private static boolean passes(Facets facets, Map<String, Object> entity, Map<?, ?> test) {
        return facets.place(entity.get("entity"), test.get("kind"), test.get("key"))
                .filter(place ->
                        place.compareTo((String) test.get("low")) > 0 && place.compareTo((String) test.get("high")) < 0)
                .filter(place -> !(test.get("values") instanceof List<?> values)
                        || values.contains(value(place)) != isSet(test, "negated"))
                .filter(place -> !(test.get("pattern") instanceof String pattern)
                        || Pattern.compile(pattern).matcher(place).find())
                .isPresent();
    }

    private static boolean hasAny(Facets facets, Map<String, Object> entity, Map<?, ?> test) {
        return ((List<?>) test.get("keys"))
                .stream().anyMatch(key -> facets.place(entity.get("entity"), test.get("kind"), key)
                        .isPresent());
    }

    private static String value(String place) {
        return place.substring(0, place.length() - Ordered.ID_LENGTH);
    }

    private static boolean isSet(Map<?, ?> values, String name) {
        return Objects.equals(values.get(name), true);
    }

    private static List<Map<?, ?>> maps(Answering query, String name) {
        return ((List<?>) query.values().get(name))
                .stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
    }
}
