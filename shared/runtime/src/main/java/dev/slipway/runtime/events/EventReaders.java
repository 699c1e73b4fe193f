package dev.slipway.runtime.events;

import java.util.List;

/** Event readers whose number is known only when the process starts. */
public interface EventReaders {
    List<EventReader> readers();
}
