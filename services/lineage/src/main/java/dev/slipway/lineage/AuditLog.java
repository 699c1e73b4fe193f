package dev.slipway.lineage;

import dev.slipway.api.lineage.AuditEntry;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.GraphStore;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Reads the event log of the caller's workspace. */
@Singleton
final class AuditLog {
    /** The log holds the events of all workspaces, so more are read at once than are wanted. */
    private static final int PAGE = 1000;

    private final GraphStore graph;
    private final Callers callers;

    AuditLog(GraphStore graph, Callers callers) {
        this.graph = graph;
        this.callers = callers;
    }

    /**
     * The events after a position, oldest first; fewer than the limit only at the end of the log as it was when the call
     * began, so that a log that grows fast can't hold the call for ever.
     */
    List<AuditEntry> after(long position, int limit) {
        Page.checkLimit(limit);
        if (position < 0) {
            throw SlipwayException.invalid(
                    "lineage.position", "A position in the log is 0 or more, not " + position + ".");
        }
        Workspace workspace = callers.workspace();
        long end = graph.lastEventPosition();
        List<AuditEntry> entries = new ArrayList<>();
        long after = position;
        while (after < end && entries.size() < limit) {
            List<Event> events = graph.events(after, PAGE);
            if (events.isEmpty()) {
                break;
            }
            events.stream()
                    .filter(event -> event.workspace().equals(workspace))
                    .limit(limit - entries.size())
                    .map(AuditLog::entry)
                    .forEach(entries::add);
            after = events.get(events.size() - 1).position();
        }
        return entries;
    }

    private static AuditEntry entry(Event event) {
        var told = event.event();
        return new AuditEntry(
                event.position(), told.id(), told.type(), told.subject(), told.caller(), told.time(), told.body());
    }
}
