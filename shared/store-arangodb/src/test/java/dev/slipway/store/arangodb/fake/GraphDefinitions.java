package dev.slipway.store.arangodb.fake;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of edge definitions. */
final class GraphDefinitions {

    private GraphDefinitions() {}

    /** The edge definitions in a request, each with its collection and its ends, or 1923. */
    static List<Map<String, Object>> checked(Object definitions) {
        if (definitions == null) {
            return List.of();
        }
        if (!(definitions instanceof List<?> list)) {
            throw malformed();
        }
        return list.stream().map(GraphDefinitions::checkedOne).toList();
    }

    static Map<String, Object> checkedOne(Object definition) {
        if (definition instanceof Map<?, ?> object
                && object.get("collection") instanceof String collection
                && areNames(object.get("from"))
                && areNames(object.get("to"))) {
            return Map.of("collection", collection, "from", object.get("from"), "to", object.get("to"));
        }
        throw malformed();
    }

    /** An edge collection is in one definition of a graph (1920), and in the same way in all graphs (1921). */
    static void checkUse(List<Map<String, Object>> definitions, Collection<Map<String, Object>> otherGraphs) {
        Set<Object> seen = new LinkedHashSet<>();
        for (Map<String, Object> definition : definitions) {
            if (!seen.add(definition.get("collection"))) {
                throw Refusals.graph(400, 1920, "multi use of edge collection in edge def");
            }
            otherGraphs.stream()
                    .flatMap(graph -> ofGraph(graph).stream())
                    .filter(other -> other.get("collection").equals(definition.get("collection")))
                    .filter(other -> !other.equals(definition))
                    .findAny()
                    .ifPresent(other -> {
                        throw Refusals.graph(
                                409,
                                1921,
                                definition.get("collection") + " - edge collection already used in edge def");
                    });
        }
    }

    static List<Map<String, Object>> ofGraph(Map<String, Object> graph) {
        return checked(graph.get("edgeDefinitions"));
    }

    static Optional<Map<String, Object>> of(Map<String, Object> graph, String edgeCollection) {
        return ofGraph(graph).stream()
                .filter(definition -> definition.get("collection").equals(edgeCollection))
                .findFirst();
    }

    static Set<String> vertexCollections(Map<String, Object> graph) {
        Set<String> names = new LinkedHashSet<>();
        for (Map<String, Object> definition : ofGraph(graph)) {
            names.addAll(names(definition.get("from")));
            names.addAll(names(definition.get("to")));
        }
        names.addAll(names(graph.get("orphanCollections")));
        return names;
    }

    static boolean uses(Collection<Map<String, Object>> graphs, String collection) {
        return graphs.stream()
                .anyMatch(graph -> of(graph, collection).isPresent()
                        || vertexCollections(graph).contains(collection));
    }

    static List<String> names(Object list) {
        return list instanceof List<?> names
                ? names.stream().map(String.class::cast).toList()
                : List.of();
    }

    private static boolean areNames(Object list) {
        return list instanceof List<?> names
                && !names.isEmpty()
                && names.stream().allMatch(String.class::isInstance);
    }

    private static ArangoRefusal malformed() {
        return Refusals.graph(400, 1923, "malformed edge definition");
    }
}
