package dev.slipway.conversion.child;

import dev.slipway.api.jobs.Failure;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.serde.ObjectMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Lets children carry out jobs. One that did well waits some time for the next, which it does faster. */
@Singleton
public final class ChildPool implements AutoCloseable {
    private final ChildSettings settings;
    private final ChildJson json;
    private final Deque<ChildJvm> waiting = new ArrayDeque<>();
    private boolean closed;

    ChildPool(ChildSettings settings, ObjectMapper json) {
        this.settings = settings;
        this.json = new ChildJson(json);
    }

    /**
     * Carries out the job whose model and samples are in the folder; what was made is there afterwards.
     *
     * @throws SlipwayException {@code conversion.memory}, {@code conversion.timeout} or {@code conversion.crashed} when the
     *     child came to a bad end
     */
    public ChildOutcome carryOut(JobFolder folder, ChildRequest request, ChildListener listener)
            throws InterruptedException {
        json.write(folder.request(), request);
        for (Optional<ChildJvm> warm = takeWaiting(); warm.isPresent(); warm = takeWaiting()) {
            Optional<ChildOutcome> outcome = attempt(warm.get(), folder, listener);
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return attempt(ChildJvm.start(settings), folder, listener)
                .orElseThrow(() -> SlipwayException.internal(
                        "conversion.child", "The process for the conversion ended at once, without a word.", null));
    }

    /** Empty if the child had ended before it began. */
    private Optional<ChildOutcome> attempt(ChildJvm child, JobFolder folder, ChildListener listener)
            throws InterruptedException {
        boolean well = false;
        try {
            if (!child.take(folder) || !child.await(listener)) {
                return Optional.empty();
            }
            ChildOutcome outcome = json.read(folder.outcome(), ChildOutcome.class);
            well = outcome.failure() == null;
            if (!well && tellsOfMemory(outcome.failure())) {
                throw ChildEnds.memory(settings);
            }
            return Optional.of(outcome);
        } finally {
            if (!well || !keeps(child)) {
                child.close();
            }
        }
    }

    /** ONNX Runtime survives that it gets no memory, and says so among other reasons. */
    private static boolean tellsOfMemory(Failure failure) {
        return failure.message().contains("Failed to allocate memory")
                || failure.message().contains("bad_alloc");
    }

    private synchronized Optional<ChildJvm> takeWaiting() {
        return Optional.ofNullable(waiting.pollLast());
    }

    private synchronized boolean keeps(ChildJvm child) {
        if (closed || waiting.size() >= settings.waiting() || !child.mayGoOn()) {
            return false;
        }
        waiting.addLast(child);
        return true;
    }

    /** Ends those that wait; those at work end with their jobs. */
    @Override
    @PreDestroy
    public synchronized void close() {
        closed = true;
        waiting.forEach(ChildJvm::close);
        waiting.clear();
    }
}
