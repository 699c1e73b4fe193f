package dev.slipway.runtime.jobs;

import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.events.EventReader;
import dev.slipway.runtime.events.EventReaders;
import jakarta.inject.Singleton;
import java.util.List;

/** One {@link BadEnds} for each service that has handlers in this process. */
@Singleton
final class BadEndReaders implements EventReaders {
    private final List<EventReader> readers;

    BadEndReaders(JobHandlers handlers, JobTransitions transitions, Entities entities, Callers callers) {
        readers = handlers.services().stream()
                .<EventReader>map(service -> new BadEnds(service, handlers, transitions, entities, callers))
                .toList();
    }

    @Override
    public List<EventReader> readers() {
        return readers;
    }
}
