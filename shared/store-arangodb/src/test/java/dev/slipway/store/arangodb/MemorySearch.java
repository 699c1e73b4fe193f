package dev.slipway.store.arangodb;

import static dev.slipway.store.arangodb.MemoryAnswers.text;

import dev.slipway.store.arangodb.MemoryAnswers.Answering;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
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

        Optional<String> place(String entity, Object kind, Object key) {
            return Optional.ofNullable(byName.get(List.of(entity, kind, key))).map(facet -> text(facet, "place"));
        }
    }

    private record Found(String entity, String place) {
        Object row() {
            return Map.of("entity", entity, "place", place);
        }
    }

    private MemorySearch() {}

    /** The facets that lie in the driver's range. */
    static Stream<Map<String, Object>> satisfying(Answering query) {
        return query.inWorkspace("facets")
                .filter(query.equal("type", "scope", "kind", "key"))
                .filter(query.within("low", "high"))
                .filter(facet -> !text(facet, "place").startsWith(query.text("except")));
    }

    static List<Object> byId(Answering query) {
        return page(
                query,
                query.inWorkspace("facet_entities")
                        .filter(query.equal("type", "scope"))
                        .filter(row -> text(row, "place").compareTo(query.text("before")) < 0)
                        .map(row -> new Found(text(row, "entity"), text(row, "place"))),
                true);
    }

    static List<Object> byValue(Answering query, boolean descending) {
        return page(
                query,
                query.inWorkspace("facets")
                        .filter(query.equal("type", "scope", "kind", "key"))
                        .filter(query.within("low", "high"))
                        .map(row -> new Found(text(row, "entity"), text(row, "place"))),
                descending);
    }

    static List<Object> withoutValue(Answering query, boolean descending) {
        Facets facets = Facets.of(query);
        return page(
                query,
                query.inWorkspace("facet_entities")
                        .filter(query.equal("type", "scope"))
                        .filter(query.within("low", "high"))
                        .filter(row -> facets.place(text(row, "entity"), query.text("kind"), query.text("key"))
                                .isEmpty())
                        .map(row -> new Found(text(row, "entity"), query.text("missing") + text(row, "place"))),
                descending);
    }

    static List<Object> fewById(Answering query) {
        return page(
                query,
                satisfying(query)
                        .map(row -> new Found(text(row, "entity"), rank(row)))
                        .filter(found -> found.place().compareTo(query.text("before")) < 0),
                true);
    }

    static List<Object> fewByValue(Answering query, boolean descending) {
        Predicate<Found> onward = descending
                ? found -> found.place().compareTo(query.text("before")) < 0
                : found -> found.place().compareTo(query.text("after")) > 0;
        Facets facets = Facets.of(query);
        return page(
                query,
                satisfying(query)
                        .map(row -> new Found(
                                text(row, "entity"),
                                facets.place(text(row, "entity"), query.text("orderKind"), query.text("orderKey"))
                                        .orElseGet(() -> query.text("missing") + rank(row))))
                        .filter(onward),
                descending);
    }

    private static String rank(Map<String, Object> facet) {
        String place = text(facet, "place");
        return place.substring(place.length() - Ordered.ID_LENGTH);
    }

    private static List<Object> page(Answering query, Stream<Found> found, boolean descending) {
        Comparator<Found> order = Comparator.comparing(Found::place);
        List<?> filters = (List<?>) query.values().get("filters");
        Facets facets = Facets.of(query);
        return found.filter(
                        entity -> filters.stream().allMatch(filter -> satisfies(facets, entity, (Map<?, ?>) filter)))
                .sorted(descending ? order.reversed() : order)
                .limit(query.limit())
                .map(Found::row)
                .toList();
    }

    private static boolean satisfies(Facets facets, Found found, Map<?, ?> filter) {
        return facets.place(found.entity(), filter.get("kind"), filter.get("key"))
                .filter(place -> place.compareTo((String) filter.get("low")) > 0
                        && place.compareTo((String) filter.get("high")) < 0
                        && !place.startsWith((String) filter.get("except")))
                .isPresent();
    }
}
