package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.Put;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Entities, and their places in the declared indexes. A place is a document of its own; which places an entity has
 * stands in the entity's document too, so that a change knows those to take away.
 */
final class EntityDocuments {
    private static final String INDEX = "index";
    private static final String KEY = "key";

    /** Makes and changes entities, and gives their new revisions. */
    Map<EntityId, Long> put(Session session, Workspace workspace, List<Put> puts) {
        Map<String, BaseDocument> before = session.get(
                Table.ENTITIES,
                puts.stream()
                        .filter(put -> put.expectedRevision() > 0)
                        .map(put -> Keys.entity(workspace, put.id()))
                        .toList());
        Map<EntityId, Long> revisions = new LinkedHashMap<>();
        Map<String, Put> made = new LinkedHashMap<>();
        List<BaseDocument> inserted = new ArrayList<>();
        List<BaseDocument> replaced = new ArrayList<>();
        EntityPlaces places = new EntityPlaces();
        for (Put put : puts) {
            String key = Keys.entity(workspace, put.id());
            BaseDocument old = before.get(key);
            Envelope envelope = next(workspace, put, old);
            BaseDocument document = document(envelope, put.indexed());
            if (old == null) {
                made.put(key, put);
                inserted.add(document);
            } else {
                document.setRevision(old.getRevision());
                replaced.add(document);
                places.takeAway(workspace, put.id(), indexed(old));
            }
            places.add(envelope, put.indexed());
            revisions.put(put.id(), envelope.revision());
        }
        session.replace(Table.ENTITIES, replaced);
        session.insert(Table.ENTITIES, inserted, document -> changed(made.get(document.getKey()), "exists already"));
        places.write(session);
        return revisions;
    }

    private static Envelope next(Workspace workspace, Put put, BaseDocument old) {
        if (put.expectedRevision() == 0) {
            return new Envelope(put.id(), workspace, put.type(), put.schema(), 1, put.time(), put.time(), put.body());
        }
        if (old == null
                || !put.type().wireName().equals(Fields.text(old, "type"))
                || Fields.number(old, "revision") != put.expectedRevision()) {
            throw changed(put, "is no longer at revision " + put.expectedRevision());
        }
        return new Envelope(
                put.id(),
                workspace,
                put.type(),
                put.schema(),
                put.expectedRevision() + 1,
                Fields.number(old, "created"),
                put.time(),
                put.body());
    }

    private static SlipwayException changed(Put put, String how) {
        return SlipwayException.conflict(
                "store.revision",
                "The " + put.type().wireName() + " " + put.id() + " " + how
                        + ". Read it again, then repeat the change.");
    }

    Map<EntityId, Envelope> get(Session session, Workspace workspace, Collection<EntityId> ids) {
        Map<EntityId, Envelope> found = new LinkedHashMap<>();
        List<String> keys = ids.stream()
                .distinct()
                .sorted()
                .map(id -> Keys.entity(workspace, id))
                .toList();
        session.get(Table.ENTITIES, keys).values().forEach(document -> {
            Envelope envelope = envelope(document);
            found.put(envelope.id(), envelope);
        });
        return found;
    }

    void restore(Session session, List<EntityRow> rows) {
        Map<String, EntityRow> byKey = new LinkedHashMap<>();
        rows.forEach(row ->
                byKey.put(Keys.entity(row.entity().workspace(), row.entity().id()), row));
        EntityPlaces places = new EntityPlaces();
        session.get(Table.ENTITIES, byKey.keySet()).values().forEach(old -> {
            Envelope envelope = envelope(old);
            places.takeAway(envelope.workspace(), envelope.id(), indexed(old));
        });
        byKey.values().forEach(row -> places.add(row.entity(), row.indexed()));
        session.put(
                Table.ENTITIES,
                byKey.values().stream()
                        .map(row -> document(row.entity(), row.indexed()))
                        .toList());
        places.write(session);
    }

    /** Removes those whose type, revision and body are still as given. */
    int remove(Session session, List<EntityRow> rows) {
        Map<String, EntityRow> byKey = new LinkedHashMap<>();
        rows.forEach(row ->
                byKey.put(Keys.entity(row.entity().workspace(), row.entity().id()), row));
        EntityPlaces places = new EntityPlaces();
        List<BaseDocument> removed = new ArrayList<>();
        session.get(Table.ENTITIES, byKey.keySet()).forEach((key, document) -> {
            Envelope now = envelope(document);
            Envelope given = byKey.get(key).entity();
            if (now.type() == given.type()
                    && now.revision() == given.revision()
                    && now.body().equals(given.body())) {
                removed.add(document);
                places.takeAway(now.workspace(), now.id(), indexed(document));
            }
        });
        session.remove(Table.ENTITIES, removed);
        places.write(session);
        return removed.size();
    }

    private static BaseDocument document(Envelope entity, List<IndexEntry> indexed) {
        BaseDocument document = new BaseDocument(Keys.entity(entity.workspace(), entity.id()));
        document.addAttribute("workspace", entity.workspace().name());
        document.addAttribute("id", entity.id().value());
        document.addAttribute("type", entity.type().wireName());
        document.addAttribute("schema", entity.schema());
        document.addAttribute("revision", entity.revision());
        document.addAttribute("created", entity.created());
        document.addAttribute("updated", entity.updated());
        document.addAttribute("body", entity.body());
        document.addAttribute(
                "indexed",
                indexed.stream()
                        .map(entry -> Map.of(
                                INDEX,
                                entry.index(),
                                KEY,
                                entry.key().stream()
                                        .map(EntityDocuments::stored)
                                        .toList()))
                        .toList());
        return document;
    }

    static Envelope envelope(BaseDocument document) {
        return envelope(document.getProperties());
    }

    /** @param attributes of an entity's document */
    static Envelope envelope(Map<?, ?> attributes) {
        return new Envelope(
                new EntityId((String) attributes.get("id")),
                new Workspace((String) attributes.get("workspace")),
                EntityType.of((String) attributes.get("type")),
                ((Number) attributes.get("schema")).intValue(),
                ((Number) attributes.get("revision")).longValue(),
                ((Number) attributes.get("created")).longValue(),
                ((Number) attributes.get("updated")).longValue(),
                (String) attributes.get("body"));
    }

    static EntityRow row(BaseDocument document) {
        return new EntityRow(envelope(document), indexed(document));
    }

    private static List<IndexEntry> indexed(BaseDocument document) {
        return Fields.list(document, "indexed").stream()
                .map(entry -> (Map<?, ?>) entry)
                .map(entry -> new IndexEntry(
                        (String) entry.get(INDEX),
                        ((List<?>) entry.get(KEY))
                                .stream().map(EntityDocuments::value).toList()))
                .toList();
    }

    private static Object stored(IndexValue value) {
        return value instanceof IndexValue.Numeric number ? (Object) number.value() : ((IndexValue.Text) value).value();
    }

    private static IndexValue value(Object stored) {
        return stored instanceof Number number ? IndexValue.of(number.longValue()) : IndexValue.of((String) stored);
    }
}
