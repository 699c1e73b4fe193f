package dev.slipway.store.embedded;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.NewEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Events and how far their readers have come. Positions are given inside the write transaction, of which there is one
 * at a time, so they become visible in their order.
 */
final class EventLog {
    void append(Session session, Workspace workspace, NewEvent event) throws SQLException {
        session.update(
                GraphSql.EVENT_APPEND,
                workspace.name(),
                event.id().value(),
                event.type(),
                event.subject().type().wireName(),
                event.subject().id().value(),
                event.caller(),
                event.time(),
                event.body());
    }

    List<Event> after(Session session, long position, int limit) throws SQLException {
        return session.query(GraphSql.EVENTS, EventLog::event, position, limit);
    }

    long last(Session session) throws SQLException {
        return session.number(GraphSql.EVENT_LAST);
    }

    long cursor(Session session, String reader) throws SQLException {
        return session.first(GraphSql.READER, row -> row.getLong("position"), reader)
                .orElse(0L);
    }

    boolean moveCursor(Session session, String reader, long from, long to) throws SQLException {
        boolean begun = from == 0 && session.update(GraphSql.READER_BEGIN, reader, to) == 1;
        return begun || session.update(GraphSql.READER_MOVE, to, reader, from) == 1;
    }

    static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getLong("position"),
                new Workspace(row.getString("workspace")),
                new NewEvent(
                        new EventId(row.getString("id")),
                        row.getString("type"),
                        new EntityRef(
                                EntityType.of(row.getString("subject_type")),
                                new EntityId(row.getString("subject_id"))),
                        row.getString("caller"),
                        row.getLong("time"),
                        row.getString("body")));
    }
}
