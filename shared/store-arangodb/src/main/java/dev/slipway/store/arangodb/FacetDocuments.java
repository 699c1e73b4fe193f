package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetRemoval;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphRow.FacetRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Facets by entity; {@link FacetSearch} finds entities by facet. A facet's place is its value and its entity's id. */
final class FacetDocuments {
    /** Removes facets, then sets others. */
    void change(Session session, Workspace workspace, List<FacetRemoval> removals, List<FacetUpdate> updates) {
        List<FacetRow> removed = remove(session, workspace, removals);
        set(session, workspace, updates);
        forget(session, removed);
    }

    private static List<FacetRow> remove(Session session, Workspace workspace, List<FacetRemoval> removals) {
        Collection<BaseDocument> there = session.get(
                        Table.FACETS,
                        removals.stream()
                                .map(facet ->
                                        Keys.facet(workspace, facet.entity().id(), facet.kind(), facet.key()))
                                .distinct()
                                .toList())
                .values();
        session.remove(Table.FACETS, there);
        return there.stream().map(FacetDocuments::row).toList();
    }

    private static void set(Session session, Workspace workspace, List<FacetUpdate> updates) {
        Map<String, FacetRow> winners = new LinkedHashMap<>();
        for (FacetUpdate update : updates) {
            winners.merge(key(workspace, update), new FacetRow(workspace, update), FacetDocuments::winner);
        }
        Map<String, BaseDocument> before = session.get(Table.FACETS, winners.keySet());
        List<BaseDocument> inserted = new ArrayList<>();
        List<BaseDocument> replaced = new ArrayList<>();
        winners.forEach((key, row) -> {
            BaseDocument old = before.get(key);
            BaseDocument document = document(row);
            if (old == null) {
                inserted.add(document);
            } else if (row.facet().facet().wins(row(old).facet().facet())) {
                document.setRevision(old.getRevision());
                replaced.add(document);
            }
        });
        session.replace(Table.FACETS, replaced);
        session.insert(Table.FACETS, inserted);
        session.insertAbsent(
                Table.FACET_ENTITIES,
                entities(updates.stream()
                        .map(update -> new FacetRow(workspace, update))
                        .toList()));
    }

    private static FacetRow winner(FacetRow old, FacetRow update) {
        return update.facet().facet().wins(old.facet().facet()) ? update : old;
    }

    Map<EntityId, List<Facet>> get(Session session, Workspace workspace, Collection<EntityId> ids) {
        Map<EntityId, List<Facet>> found = new LinkedHashMap<>();
        of(session, workspace, ids)
                .forEach(row -> found.computeIfAbsent(row.facet().entity().id(), id -> new ArrayList<>())
                        .add(row.facet().facet()));
        return found;
    }

    private static List<FacetRow> of(Session session, Workspace workspace, Collection<EntityId> ids) {
        return session.query(
                Aql.FACETS,
                Map.of(
                        "workspace",
                        workspace.name(),
                        "entities",
                        ids.stream().map(EntityId::value).distinct().toList()),
                FacetDocuments::row);
    }

    void restore(Session session, List<FacetRow> rows) {
        Map<String, BaseDocument> documents = new LinkedHashMap<>();
        rows.forEach(row -> documents.put(key(row.workspace(), row.facet()), document(row)));
        session.put(Table.FACETS, documents.values());
        session.insertAbsent(Table.FACET_ENTITIES, entities(rows));
    }

    /** Removes those that are still as given; an entity without any facet left is no longer found by a search. */
    int remove(Session session, List<FacetRow> rows) {
        Map<String, FacetRow> byKey = new LinkedHashMap<>();
        rows.forEach(row -> byKey.put(key(row.workspace(), row.facet()), row));
        List<BaseDocument> removed = new ArrayList<>();
        session.get(Table.FACETS, byKey.keySet()).forEach((key, document) -> {
            if (row(document).equals(byKey.get(key))) {
                removed.add(document);
            }
        });
        session.remove(Table.FACETS, removed);
        forget(session, rows);
        return removed.size();
    }

    private static void forget(Session session, List<FacetRow> rows) {
        Map<Workspace, Set<EntityId>> entities = new HashMap<>();
        rows.forEach(row -> entities.computeIfAbsent(row.workspace(), workspace -> new HashSet<>())
                .add(row.facet().entity().id()));
        entities.forEach((workspace, ids) -> of(session, workspace, ids)
                .forEach(left -> ids.remove(left.facet().entity().id())));
        session.removeKeys(
                Table.FACET_ENTITIES,
                entities(rows.stream()
                                .filter(row -> entities.get(row.workspace())
                                        .contains(row.facet().entity().id()))
                                .toList())
                        .stream()
                        .map(BaseDocument::getKey)
                        .toList());
    }

    private static String key(Workspace workspace, FacetUpdate update) {
        return Keys.facet(
                workspace,
                update.entity().id(),
                update.facet().kind(),
                update.facet().key());
    }

    private static BaseDocument document(FacetRow row) {
        FacetUpdate update = row.facet();
        Facet facet = update.facet();
        BaseDocument document = new BaseDocument(key(row.workspace(), update));
        document.addAttribute("workspace", row.workspace().name());
        document.addAttribute("entity", update.entity().id().value());
        document.addAttribute("type", update.entity().type().wireName());
        document.addAttribute("scope", update.scope().value());
        document.addAttribute("kind", facet.kind().name());
        document.addAttribute("key", facet.key());
        document.addAttribute(
                "place",
                Ordered.facet(facet.value()) + Ordered.id(update.entity().id()));
        document.addAttribute("step", facet.step());
        document.addAttribute("timestamp", facet.timestamp());
        return document;
    }

    /** The place without the id. */
    static String value(BaseDocument document) {
        String place = Fields.text(document, "place");
        return place.substring(0, place.length() - Ordered.ID_LENGTH);
    }

    static FacetRow row(BaseDocument document) {
        return new FacetRow(
                new Workspace(Fields.text(document, "workspace")),
                new FacetUpdate(
                        new EntityRef(
                                EntityType.of(Fields.text(document, "type")),
                                new EntityId(Fields.text(document, "entity"))),
                        new EntityId(Fields.text(document, "scope")),
                        new Facet(
                                FacetKind.valueOf(Fields.text(document, "kind")),
                                Fields.text(document, "key"),
                                Ordered.facet(value(document)),
                                Fields.number(document, "step"),
                                Fields.number(document, "timestamp"))));
    }

    /** The documents that say which entities have facets in which scope. */
    private static Collection<BaseDocument> entities(List<FacetRow> rows) {
        Map<String, BaseDocument> documents = new LinkedHashMap<>();
        for (FacetRow row : rows) {
            EntityRef entity = row.facet().entity();
            String type = entity.type().wireName();
            String key = Keys.facetEntity(row.workspace(), type, row.facet().scope(), entity.id());
            BaseDocument document = new BaseDocument(key);
            document.addAttribute("workspace", row.workspace().name());
            document.addAttribute("type", type);
            document.addAttribute("scope", row.facet().scope().value());
            document.addAttribute("entity", entity.id().value());
            document.addAttribute("place", Ordered.id(entity.id()));
            documents.put(key, document);
        }
        return documents.values();
    }
}
