package dev.slipway.runtime.events;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Service;
import dev.slipway.store.graph.Event;
import java.util.Set;

/**
 * Reacts to events, each at least once and in order, with a durable cursor under its name. What it does must be idempotent
 * by the event's id. It is called in the name of a service caller of the event's workspace (see {@link Caller#service}).
 */
public interface EventReader {
    Service service();

    /** Unique; the name of its cursor. */
    String name();

    /** The types of events it wants; empty for all. */
    Set<String> types();

    /**
     * Takes one event. An exception of kind {@code UNAVAILABLE} or {@code CONFLICT} lets it be offered again later;
     * any other is logged and the event passed over.
     */
    void read(Event event) throws InterruptedException;
}
