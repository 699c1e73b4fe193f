package dev.slipway.store.arangodb.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /_api/gharial}: the definitions of named graphs, not their documents. */
final class GraphsArea implements Area {

    private static final int DOCUMENTS = 2;
    private static final int EDGES = 3;

    private final Storage storage;
    private final CollectionsArea collections;
    private final Json json;

    GraphsArea(Storage storage, CollectionsArea collections, Json json) {
        this.storage = storage;
        this.collections = collections;
        this.json = json;
    }

    @Override
    public Answer answer(Request request) {
        return storage.locked(() -> answer(request, storage.database(request.database())));
    }

    private Answer answer(Request request, StoredDatabase database) {
        if (request.is("GET", 2)) {
            return Answer.success(
                    200, Map.of("graphs", List.copyOf(database.graphs().values())));
        }
        if (request.is("POST", 2)) {
            return create(request, database);
        }
        if (request.length() < 3) {
            throw Area.unknown(request);
        }
        Map<String, Object> graph = graph(database, request.segment(2));
        if (request.is("GET", 3)) {
            return Answer.success(200, Map.of("graph", graph));
        }
        if (request.is("DELETE", 3)) {
            return drop(request, database, graph);
        }
        if (request.is("GET", 4) && request.segment(3).equals("edge")) {
            List<Object> edges = new ArrayList<>();
            GraphDefinitions.ofGraph(graph).forEach(definition -> edges.add(definition.get("collection")));
            return Answer.success(200, Map.of("collections", edges));
        }
        if (request.is("GET", 4) && request.segment(3).equals("vertex")) {
            return Answer.success(200, Map.of("collections", List.copyOf(GraphDefinitions.vertexCollections(graph))));
        }
        if (request.is("POST", 4) && request.segment(3).equals("edge")) {
            return addEdges(request, database, graph);
        }
        if (request.is("PUT", 5) && request.segment(3).equals("edge")) {
            return replaceEdges(request, database, graph);
        }
        if (request.is("POST", 4) && request.segment(3).equals("vertex")) {
            return addVertices(request, database, graph);
        }
        throw Area.unknown(request);
    }

    private Answer create(Request request, StoredDatabase database) {
        Map<String, Object> body = request.object(json);
        if (!(body.get("name") instanceof String name) || name.isEmpty()) {
            throw Refusals.graph(400, 1922, "missing graph name");
        }
        if (database.graphs().containsKey(name)) {
            throw Refusals.graph(409, 1925, "graph already exists");
        }
        if (!DocumentRules.isName(name, false)) {
            throw Refusals.illegalName(name);
        }
        Map<String, Object> graph = new LinkedHashMap<>();
        graph.put("_key", name);
        graph.put("_id", "_graphs/" + name);
        graph.put("name", name);
        graph.put("edgeDefinitions", GraphDefinitions.checked(body.get("edgeDefinitions")));
        graph.put("orphanCollections", GraphDefinitions.names(body.get("orphanCollections")));
        GraphDefinitions.checkUse(
                GraphDefinitions.ofGraph(graph), database.graphs().values());
        return store(request, database, graph);
    }

    private Answer addEdges(Request request, StoredDatabase database, Map<String, Object> graph) {
        Map<String, Object> added = GraphDefinitions.checkedOne(request.object(json));
        List<Map<String, Object>> definitions = new ArrayList<>(GraphDefinitions.ofGraph(graph));
        definitions.add(added);
        return storeDefinitions(request, database, graph, definitions);
    }

    private Answer replaceEdges(Request request, StoredDatabase database, Map<String, Object> graph) {
        Map<String, Object> replacement = GraphDefinitions.checkedOne(request.object(json));
        if (GraphDefinitions.of(graph, request.segment(4)).isEmpty()) {
            throw Refusals.graph(404, 1930, "edge collection not used in graph");
        }
        List<Map<String, Object>> definitions = new ArrayList<>(GraphDefinitions.ofGraph(graph));
        definitions.replaceAll(old -> old.get("collection").equals(request.segment(4)) ? replacement : old);
        return storeDefinitions(request, database, graph, definitions);
    }

    private Answer storeDefinitions(
            Request request,
            StoredDatabase database,
            Map<String, Object> graph,
            List<Map<String, Object>> definitions) {
        List<Map<String, Object>> others = new ArrayList<>(database.graphs().values());
        others.remove(graph);
        GraphDefinitions.checkUse(definitions, others);
        Map<String, Object> changed = new LinkedHashMap<>(graph);
        changed.put("edgeDefinitions", List.copyOf(definitions));
        return store(request, database, changed);
    }

    private Answer addVertices(Request request, StoredDatabase database, Map<String, Object> graph) {
        if (!(request.object(json).get("collection") instanceof String name)) {
            throw Refusals.badParameter("collection is missing");
        }
        if (GraphDefinitions.vertexCollections(graph).contains(name)) {
            throw Refusals.graph(400, 1938, "collection used in orphans");
        }
        List<String> orphans = new ArrayList<>(GraphDefinitions.names(graph.get("orphanCollections")));
        orphans.add(name);
        Map<String, Object> changed = new LinkedHashMap<>(graph);
        changed.put("orphanCollections", List.copyOf(orphans));
        return store(request, database, changed);
    }

    /** Makes the collections that are missing, as the documentation says, and keeps the definition. */
    private Answer store(Request request, StoredDatabase database, Map<String, Object> graph) {
        for (Map<String, Object> definition : GraphDefinitions.ofGraph(graph)) {
            String edges = (String) definition.get("collection");
            StoredCollection existing = database.collections().get(edges);
            if (existing != null && !existing.isEdges()) {
                throw Refusals.graph(400, 1944, edges + " - edge definition collection is a document collection");
            }
        }
        for (Map<String, Object> definition : GraphDefinitions.ofGraph(graph)) {
            ensure(database, (String) definition.get("collection"), EDGES);
        }
        GraphDefinitions.vertexCollections(graph).forEach(name -> ensure(database, name, DOCUMENTS));
        graph.put("_rev", storage.revisions().next());
        database.graphs().put((String) graph.get("name"), Values.storedObject(graph));
        int status = request.flag("waitForSync", false) ? 201 : 202;
        return Answer.success(status, Map.of("graph", graph));
    }

    private void ensure(StoredDatabase database, String name, int type) {
        if (!database.collections().containsKey(name)) {
            collections.create(database, name, type, Map.of());
        }
    }

    private Answer drop(Request request, StoredDatabase database, Map<String, Object> graph) {
        database.graphs().remove((String) graph.get("name"));
        if (request.flag("dropCollections", false)) {
            GraphDefinitions.ofGraph(graph)
                    .forEach(definition -> dropUnused(database, (String) definition.get("collection")));
            GraphDefinitions.vertexCollections(graph).forEach(name -> dropUnused(database, name));
        }
        return Answer.success(202, Map.of("removed", true));
    }

    private static void dropUnused(StoredDatabase database, String name) {
        if (!GraphDefinitions.uses(database.graphs().values(), name)) {
            database.collections().remove(name);
        }
    }

    private static Map<String, Object> graph(StoredDatabase database, String name) {
        Map<String, Object> found = database.graphs().get(name);
        if (found == null) {
            throw Refusals.graph(404, 1924, "graph '" + name + "' not found");
        }
        return found;
    }
}
