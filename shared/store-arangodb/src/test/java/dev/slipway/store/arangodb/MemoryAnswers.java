package dev.slipway.store.arangodb;

import dev.slipway.store.arangodb.fake.CollectionsView;
import dev.slipway.store.arangodb.fake.NamedQueries;
import dev.slipway.store.arangodb.fake.Revisions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What every {@link Aql} text means, in plain Java over the documents of the double. */
final class MemoryAnswers {
    private MemoryAnswers() {}

    static NamedQueries all() {
        NamedQueries answers = NamedQueries.none();
        for (Aql aql : Aql.values()) {
            answers = answers.with(aql.text(), (view, values) -> answer(aql, new Answering(view, values)));
        }
        return answers;
    }

    private static List<Object> answer(Aql aql, Answering query) {
        return switch (aql) {
            case ENTRIES_ASCENDING -> entries(query, false);
            case ENTRIES_DESCENDING -> entries(query, true);
            case ENTRIES_COUNT -> count(entriesInRange(query).count());
            case REACHED_UPSTREAM -> MemoryTraversal.reached(query, MemoryTraversal.Ends.UPSTREAM);
            case REACHED_DOWNSTREAM -> MemoryTraversal.reached(query, MemoryTraversal.Ends.DOWNSTREAM);
            case LEVEL_UPSTREAM -> MemoryTraversal.level(query, MemoryTraversal.Ends.UPSTREAM);
            case LEVEL_DOWNSTREAM -> MemoryTraversal.level(query, MemoryTraversal.Ends.DOWNSTREAM);
            case EDGES_UPSTREAM -> MemoryTraversal.edges(query, MemoryTraversal.Ends.UPSTREAM);
            case EDGES_DOWNSTREAM -> MemoryTraversal.edges(query, MemoryTraversal.Ends.DOWNSTREAM);
            case FACETS -> facets(query);
            case SEARCH_COUNT ->
                count(MemorySearch.inRange(query).limit(query.limit()).count());
            case SEARCH_BY_ID_ASCENDING -> MemorySearch.byId(query, false);
            case SEARCH_BY_ID_DESCENDING -> MemorySearch.byId(query, true);
            case SEARCH_FEW -> MemorySearch.inOrder(query, MemorySearch.inRange(query));
            case SEARCH_LISTED -> MemorySearch.inOrder(query, MemorySearch.listed(query));
            case SEARCH_ALL -> MemorySearch.inOrder(query, MemorySearch.inScope(query));
            case EVENTS_PENDING ->
                query.documents("pending_events")
                        .limit(1)
                        .<Object>map(found -> Map.of("found", true))
                        .toList();
            case EVENTS_TO_NUMBER ->
                query.documents("pending_events")
                        .sorted(Comparator.comparing(MemoryAnswers::taken))
                        .limit(query.limit())
                        .<Object>map(row -> row)
                        .toList();
            case EVENT_LAST ->
                query
                        .documents("events")
                        .max(Comparator.comparingLong(MemoryAnswers::position))
                        .<Object>map(event -> Map.of("position", position(event)))
                        .stream()
                        .toList();
            case EVENTS_AFTER ->
                query.documents("events")
                        .filter(event -> position(event) > query.number("after"))
                        .sorted(Comparator.comparingLong(MemoryAnswers::position))
                        .limit(query.limit())
                        .<Object>map(event -> event)
                        .toList();
            case ROWS ->
                query.documents(query.text("@collection"))
                        .filter(row -> text(row, "_key").compareTo(query.text("after")) > 0)
                        .sorted(by("_key", false))
                        .limit(query.limit())
                        .<Object>map(row -> row)
                        .toList();
        };
    }

    private static List<Object> entries(Answering query, boolean descending) {
        return entriesInRange(query)
                .sorted(by("place", descending))
                .limit(query.limit())
                .<Object>map(entry -> Map.of(
                        "place",
                        text(entry, "place"),
                        "entity",
                        query.view().document("entities", text(entry, "entity")).orElseThrow()))
                .toList();
    }

    private static Stream<Map<String, Object>> entriesInRange(Answering query) {
        return query.inWorkspace("entries").filter(query.equal("type", "name")).filter(query.within("low", "high"));
    }

    private static List<Object> facets(Answering query) {
        List<?> entities = (List<?>) query.values().get("entities");
        return query.inWorkspace("facets")
                .filter(facet -> entities.contains(text(facet, "entity")))
                .<Object>map(facet -> facet)
                .toList();
    }

    private static List<Object> count(long count) {
        return List.of(Map.of("total", count));
    }

    private static long position(Map<String, Object> event) {
        return (long) event.get("position");
    }

    /** The date and the count of a document's revision, in this order. */
    private static String taken(Map<String, Object> document) {
        Map<String, Object> revision = Revisions.decode(text(document, "_rev"));
        return "%s %07d".formatted(revision.get("date"), (Long) revision.get("count"));
    }

    static String text(Map<String, Object> document, String name) {
        return (String) document.get(name);
    }

    static Comparator<Map<String, Object>> by(String attribute, boolean descending) {
        Function<Map<String, Object>, String> value = document -> text(document, attribute);
        return descending ? Comparator.comparing(value).reversed() : Comparator.comparing(value);
    }

    /** One execution of a query. */
    record Answering(CollectionsView view, Map<String, Object> values) {
        String text(String name) {
            return (String) values.get(name);
        }

        long number(String name) {
            return (long) values.get(name);
        }

        long limit() {
            return number("limit");
        }

        Stream<Map<String, Object>> documents(String collection) {
            return view.documents(collection).stream();
        }

        Stream<Map<String, Object>> inWorkspace(String collection) {
            return view.documentsWhere(collection, "workspace", text("workspace")).stream();
        }

        /** Those attributes are as bound under their names. */
        Predicate<Map<String, Object>> equal(String... names) {
            return document ->
                    Stream.of(names).allMatch(name -> values.get(name).equals(document.get(name)));
        }

        /** The place lies between what is bound under these names. */
        Predicate<Map<String, Object>> within(String low, String high) {
            return document -> MemoryAnswers.text(document, "place").compareTo(text(low)) > 0
                    && MemoryAnswers.text(document, "place").compareTo(text(high)) < 0;
        }
    }
}
