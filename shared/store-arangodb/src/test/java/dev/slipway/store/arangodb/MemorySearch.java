package dev.slipway.store.arangodb;

import static dev.slipway.store.arangodb.MemoryAnswers.text;

import dev.slipway.store.arangodb.MemoryAnswers.Answering;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Searches by facets in the double's documents. */
final class MemorySearch {
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
        return page(
                query,
                query.inWorkspace("facet_entities")
                        .filter(query.equal("type", "scope"))
                        .filter(query.within("low", "high"))
                        .filter(row -> facet(query, text(row, "entity"), query.text("kind"), query.text("key"))
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
        return page(
                query,
                satisfying(query)
                        .map(row -> new Found(
                                text(row, "entity"),
                                facet(query, text(row, "entity"), query.text("orderKind"), query.text("orderKey"))
                                        .map(facet -> text(facet, "place"))
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
        return found.filter(entity -> filters(query).stream().allMatch(filter -> satisfies(query, entity, filter)))
                .sorted(descending ? order.reversed() : order)
                .limit(query.limit())
                .map(Found::row)
                .toList();
    }

    private static List<?> filters(Answering query) {
        return (List<?>) query.values().get("filters");
    }

    private static boolean satisfies(Answering query, Found found, Object filter) {
        Map<?, ?> bounds = (Map<?, ?>) filter;
        return facet(query, found.entity(), (String) bounds.get("kind"), (String) bounds.get("key"))
                .map(facet -> text(facet, "place"))
                .filter(place -> place.compareTo((String) bounds.get("low")) > 0
                        && place.compareTo((String) bounds.get("high")) < 0
                        && !place.startsWith((String) bounds.get("except")))
                .isPresent();
    }

    private static Optional<Map<String, Object>> facet(Answering query, String entity, String kind, String key) {
        return query.view().documentsWhere("facets", "entity", entity).stream()
                .filter(query.equal("workspace"))
                .filter(facet -> kind.equals(facet.get("kind")) && key.equals(facet.get("key")))
                .findFirst();
    }
}
