package dev.slipway.training.commit;

import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.Signal;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Wakes those who wait for something to be written to runs. Only what this process writes is news. */
@Singleton
public final class RunNews {
    private final Map<RunId, Set<Signal>> watched = new ConcurrentHashMap<>();

    /** Raised whenever something was written to one of the runs, until it is closed. */
    public final class Watch implements AutoCloseable {
        private final Signal signal = new Signal();
        private final Collection<RunId> runs;

        private Watch(Collection<RunId> runs) {
            this.runs = List.copyOf(runs);
        }

        public Signal signal() {
            return signal;
        }

        @Override
        public void close() {
            runs.forEach(run -> watched.computeIfPresent(run, (id, signals) -> {
                signals.remove(signal);
                return signals.isEmpty() ? null : signals;
            }));
        }
    }

    /** Begins to watch runs. */
    public Watch watch(Collection<RunId> runs) {
        Watch watch = new Watch(runs);
        runs.forEach(run -> watched.compute(run, (id, signals) -> {
            Set<Signal> all = signals == null ? ConcurrentHashMap.newKeySet() : signals;
            all.add(watch.signal());
            return all;
        }));
        return watch;
    }

    /** Something was written to the run, and can be read. */
    void written(RunId run) {
        if (!watched.isEmpty()) {
            watched.getOrDefault(run, Set.of()).forEach(Signal::raise);
        }
    }
}
