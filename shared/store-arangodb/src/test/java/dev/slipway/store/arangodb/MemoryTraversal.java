package dev.slipway.store.arangodb;

import static dev.slipway.store.arangodb.MemoryAnswers.text;

import dev.slipway.store.arangodb.MemoryAnswers.Answering;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Walks the double's edges. */
final class MemoryTraversal {
    /** What an edge's attributes are called at the end where one comes from and at the one where one goes to. */
    enum Ends {
        UPSTREAM("_from", "_to", "to", "toType"),
        DOWNSTREAM("_to", "_from", "from", "fromType");

        private final String near;
        private final String far;
        private final String id;
        private final String type;

        Ends(String near, String far, String id, String type) {
            this.near = near;
            this.far = far;
            this.id = id;
            this.type = type;
        }
    }

    private record Step(Map<String, Object> edge, int depth) {}

    private MemoryTraversal() {}

    /** Breadth first, each vertex once, from each start by itself. */
    static List<Object> reached(Answering query, Ends ends) {
        List<Object> rows = new ArrayList<>();
        for (Object start : list(query, "starts")) {
            List<Step> steps = steps(query, ends, (String) start);
            steps.stream()
                    .limit(query.limit())
                    .forEach(step -> rows.add(Map.of(
                            "start",
                            start,
                            "id",
                            step.edge().get(ends.id),
                            "type",
                            step.edge().get(ends.type),
                            "depth",
                            step.depth())));
        }
        return rows;
    }

    private static List<Step> steps(Answering query, Ends ends, String start) {
        List<Step> steps = new ArrayList<>();
        Set<Object> met = new HashSet<>(Set.of(start));
        Queue<Step> open = new ArrayDeque<>();
        leading(query, ends, start).forEach(edge -> open.add(new Step(edge, 1)));
        while (!open.isEmpty()) {
            Step step = open.remove();
            if (step.depth() <= query.number("depth") && met.add(step.edge().get(ends.far))) {
                steps.add(step);
                leading(query, ends, text(step.edge(), ends.far))
                        .forEach(edge -> open.add(new Step(edge, step.depth() + 1)));
            }
        }
        return steps;
    }

    static List<Object> level(Answering query, Ends ends) {
        Set<?> known = new HashSet<>(list(query, "known"));
        Map<String, Object> byVertex = new TreeMap<>();
        followed(query, ends)
                .filter(edge -> !known.contains(edge.get(ends.far)))
                .forEach(edge -> byVertex.put(
                        text(edge, ends.far), Map.of("id", edge.get(ends.id), "type", edge.get(ends.type))));
        return byVertex.values().stream().limit(query.limit()).toList();
    }

    static List<Object> edges(Answering query, Ends ends) {
        Set<?> reached = new HashSet<>(list(query, "reached"));
        return followed(query, ends)
                .filter(edge -> reached.contains(edge.get(ends.far)))
                .<Object>map(edge -> edge)
                .toList();
    }

    private static Stream<Map<String, Object>> followed(Answering query, Ends ends) {
        List<?> types = list(query, "types");
        return list(query, "nodes").stream()
                .flatMap(node -> leading(query, ends, (String) node))
                .filter(edge -> types.contains(edge.get("type")));
    }

    private static Stream<Map<String, Object>> leading(Answering query, Ends ends, String vertex) {
        return query.view().documentsWhere("edges", ends.near, vertex).stream();
    }

    private static List<?> list(Answering query, String name) {
        return (List<?>) query.values().get(name);
    }
}
