package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.GraphRow.EdgeRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Edges; an edge's document carries the types and ids of its ends, as these need not exist as entities. */
final class EdgeDocuments {
    private static final Map<String, EdgeType> TYPES =
            Arrays.stream(EdgeType.values()).collect(Collectors.toMap(EdgeType::wireName, Function.identity()));

    /** Links what is not linked yet. */
    void link(Session session, Workspace workspace, List<Edge> edges) {
        Map<String, BaseDocument> documents = new LinkedHashMap<>();
        for (Edge edge : edges) {
            BaseDocument document = document(workspace, edge);
            documents.putIfAbsent(document.getKey(), document);
        }
        session.insertAbsent(Table.EDGES, documents.values());
    }

    void restore(Session session, List<EdgeRow> rows) {
        Map<String, BaseDocument> documents = new LinkedHashMap<>();
        for (EdgeRow row : rows) {
            BaseDocument document = document(row.workspace(), row.edge());
            documents.put(document.getKey(), document);
        }
        session.put(Table.EDGES, documents.values());
    }

    int remove(Session session, List<EdgeRow> rows) {
        Map<String, EdgeRow> byKey = new LinkedHashMap<>();
        rows.forEach(row -> byKey.put(Keys.edge(row.workspace(), row.edge()), row));
        List<BaseDocument> removed = new ArrayList<>();
        session.get(Table.EDGES, byKey.keySet()).forEach((key, document) -> {
            if (row(document).equals(byKey.get(key))) {
                removed.add(document);
            }
        });
        session.remove(Table.EDGES, removed);
        return removed.size();
    }

    private static BaseDocument document(Workspace workspace, Edge edge) {
        BaseDocument document = new BaseDocument(Keys.edge(workspace, edge));
        document.addAttribute("_from", Keys.vertex(workspace, edge.from().id()));
        document.addAttribute("_to", Keys.vertex(workspace, edge.to().id()));
        document.addAttribute("workspace", workspace.name());
        document.addAttribute("from", edge.from().id().value());
        document.addAttribute("fromType", edge.from().type().wireName());
        document.addAttribute("type", edge.type().wireName());
        document.addAttribute("to", edge.to().id().value());
        document.addAttribute("toType", edge.to().type().wireName());
        document.addAttribute("created", edge.created());
        return document;
    }

    static Edge edge(BaseDocument document) {
        return new Edge(
                new EntityRef(
                        EntityType.of(Fields.text(document, "fromType")), new EntityId(Fields.text(document, "from"))),
                TYPES.get(Fields.text(document, "type")),
                new EntityRef(
                        EntityType.of(Fields.text(document, "toType")), new EntityId(Fields.text(document, "to"))),
                Fields.number(document, "created"));
    }

    static EdgeRow row(BaseDocument document) {
        return new EdgeRow(new Workspace(Fields.text(document, "workspace")), edge(document));
    }
}
