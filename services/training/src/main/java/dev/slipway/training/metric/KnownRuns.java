package dev.slipway.training.metric;

import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.training.TrainingKinds;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers which runs exist, so that logging a single value reads nothing. Runs are never removed. */
@Singleton
final class KnownRuns {
    private static final int CAPACITY = 10_000;

    private record Key(Workspace workspace, RunId run) {}

    private final Entities entities;
    private final Callers callers;
    private final Map<Key, KnownRun> recent = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, KnownRun> eldest) {
            return size() > CAPACITY;
        }
    };

    KnownRuns(Entities entities, Callers callers) {
        this.entities = entities;
        this.callers = callers;
    }

    /** The run of the caller's workspace, or {@code run.unknown}. */
    KnownRun get(RunId id) {
        Key key = new Key(callers.workspace(), id);
        synchronized (recent) {
            KnownRun known = recent.get(key);
            if (known != null) {
                return known;
            }
        }
        KnownRun read =
                new KnownRun(id, entities.get(TrainingKinds.RUN, id).body().experiment());
        synchronized (recent) {
            recent.put(key, read);
        }
        return read;
    }
}
