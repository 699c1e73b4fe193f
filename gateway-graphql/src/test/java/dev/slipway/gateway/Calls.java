package dev.slipway.gateway;

import dev.slipway.runtime.caller.Callers;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts the calls of the contracts, and keeps the thread and the caller of each. */
@Singleton
final class Calls {
    record Call(String method, String thread, String caller) {}

    private final Callers callers;
    private final List<Call> seen = new CopyOnWriteArrayList<>();

    Calls(Callers callers) {
        this.callers = callers;
    }

    void note(String method) {
        seen.add(new Call(
                method, Thread.currentThread().getName(), callers.current().subject()));
    }

    List<Call> all() {
        return List.copyOf(seen);
    }

    List<String> methods() {
        return seen.stream().map(Call::method).toList();
    }

    void forget() {
        seen.clear();
    }
}
