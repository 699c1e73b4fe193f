package dev.slipway.runtime.events;

import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Event;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what it read, in whose name, and fails when an event says so. */
@Singleton
@Requires(property = "slipway.test.readers")
class RecordingReader implements EventReader {
    final List<Long> read = new CopyOnWriteArrayList<>();
    final List<String> callersSeen = new CopyOnWriteArrayList<>();
    private final Callers callers;
    private final AtomicInteger refusals = new AtomicInteger(3);

    RecordingReader(Callers callers) {
        this.callers = callers;
    }

    @Override
    public Service service() {
        return Service.LINEAGE;
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public Set<String> types() {
        return Set.of("test.happened", "test.unavailable", "test.broken");
    }

    @Override
    public void read(Event event) {
        if (event.event().type().equals("test.unavailable") && refusals.getAndDecrement() > 0) {
            throw SlipwayException.unavailable("test.later", "Not now.", null);
        }
        if (event.event().type().equals("test.broken")) {
            throw new IllegalStateException("the reader is broken");
        }
        callersSeen.add(callers.current().subject());
        read.add(event.position());
    }
}
