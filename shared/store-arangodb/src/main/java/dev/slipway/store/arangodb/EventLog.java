package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.GraphRow.EventRow;
import dev.slipway.store.graph.NewEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events that have their numbers; those that wait for them are with the {@link Sequencer}. */
final class EventLog {
    List<Event> after(Session session, long position, int limit) {
        return session.query(Aql.EVENTS_AFTER, Map.of("after", position, "limit", limit), EventLog::event);
    }

    long last(Session session) {
        return session.query(Aql.EVENT_LAST, Map.of(), row -> Fields.number(row, "position")).stream()
                .findFirst()
                .orElse(0L);
    }

    void restore(Session session, List<EventRow> rows) {
        Map<String, BaseDocument> documents = new LinkedHashMap<>();
        for (EventRow row : rows) {
            BaseDocument document = new BaseDocument(attributes(row.event().event()));
            number(document, row.event().workspace().name(), row.event().position());
            documents.put(document.getKey(), document);
        }
        session.put(Table.EVENTS, documents.values());
    }

    int remove(Session session, List<EventRow> rows) {
        Map<String, EventRow> byKey = new LinkedHashMap<>();
        rows.forEach(row -> byKey.put(Keys.event(row.event().position()), row));
        List<BaseDocument> removed = new ArrayList<>();
        session.get(Table.EVENTS, byKey.keySet()).forEach((key, document) -> {
            if (event(document)
                    .event()
                    .id()
                    .equals(byKey.get(key).event().event().id())) {
                removed.add(document);
            }
        });
        session.remove(Table.EVENTS, removed);
        return removed.size();
    }

    /** An event's attributes, but for its workspace and position. */
    static Map<String, Object> attributes(NewEvent event) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("id", event.id().value());
        attributes.put("type", event.type());
        attributes.put("subjectType", event.subject().type().wireName());
        attributes.put("subjectId", event.subject().id().value());
        attributes.put("caller", event.caller());
        attributes.put("time", event.time());
        attributes.put("body", event.body());
        return attributes;
    }

    static void number(BaseDocument event, String workspace, long position) {
        event.setKey(Keys.event(position));
        event.addAttribute("workspace", workspace);
        event.addAttribute("position", position);
    }

    static Event event(BaseDocument document) {
        return new Event(
                Fields.number(document, "position"),
                new Workspace(Fields.text(document, "workspace")),
                new NewEvent(
                        new EventId(Fields.text(document, "id")),
                        Fields.text(document, "type"),
                        new EntityRef(
                                EntityType.of(Fields.text(document, "subjectType")),
                                new EntityId(Fields.text(document, "subjectId"))),
                        Fields.text(document, "caller"),
                        Fields.number(document, "time"),
                        Fields.text(document, "body")));
    }
}
