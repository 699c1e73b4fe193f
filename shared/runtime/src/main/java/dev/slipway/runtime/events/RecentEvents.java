package dev.slipway.runtime.events;

import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.GraphStore;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The newest events, read from the store once for all readers of this process. Who is further back reads the store. */
final class RecentEvents {
    private static final int MAX_KEPT = 1_000;

    private final GraphStore graph;
    private final NavigableMap<Long, Event> events = new TreeMap<>();
    /** All events past it that the store has shown are here. */
    private long start = Long.MAX_VALUE;

    RecentEvents(GraphStore graph) {
        this.graph = graph;
    }

    /**
     * Remembers what the store has shown past a position.
     *
     * @param after the last event's position at the call before
     */
    synchronized void add(long after, List<Event> shown) {
        start = Math.min(start, after);
        shown.forEach(event -> events.put(event.position(), event));
        while (events.size() > MAX_KEPT) {
            start = events.pollFirstEntry().getKey();
        }
    }

    /** As {@link GraphStore#events}, maybe without those that the store has got in the meantime. */
    List<Event> after(long position, int limit) {
        synchronized (this) {
            if (position >= start) {
                return events.tailMap(position, false).values().stream()
                        .limit(limit)
                        .toList();
            }
        }
        return graph.events(position, limit);
    }
}
