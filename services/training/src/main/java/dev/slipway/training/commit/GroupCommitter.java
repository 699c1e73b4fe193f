package dev.slipway.training.commit;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;

/**
 * Writes what many callers ask of runs in few commits. One thread does all of it and never waits for company: whatever
 * queued up while the last group was written is the next group, so one lone caller waits for nobody and many share their
 * commits. What has been written survives the death of the process.
 *
 * <p>All fail with {@code UNAVAILABLE} and code {@code run.log-busy} when too much waits already, {@code run.log-closed}
 * when the process is ending.
 */
@Singleton
public final class GroupCommitter implements AutoCloseable {
    private static final int MAX_WAITING_REQUESTS = 4096;
    private static final int MAX_WAITING_SIZE = 200_000;
    // Well below what the stores take at once, and small enough not to keep other writers waiting for long.
    private static final int MAX_GROUP_SIZE = 10_000;
    private static final LogBatch NOTHING = new LogBatch(List.of(), List.of(), List.of());

    private final RequestQueue queue = new RequestQueue(MAX_WAITING_REQUESTS, MAX_WAITING_SIZE);
    private final GroupWriter writer;
    private final Callers callers;
    private final Thread thread;

    GroupCommitter(
            Entities entities,
            GraphStore graph,
            MetricStore metrics,
            Callers callers,
            InstantSource clock,
            RunNews news) {
        this.writer = new GroupWriter(entities, graph, metrics, callers, clock, news);
        this.callers = callers;
        this.thread = new Thread(this::writeGroups, "run-committer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Makes a run.
     *
     * @param tags within {@link LogLimits}; that of its name is made of the run itself
     */
    public Entity<RunId, Run> create(RunId id, Run run, List<Param> tags) {
        return create(id, run, tags, false);
    }

    /** As {@link #create}, of an id that somebody has chosen; {@code run.exists} if something has it already. */
    public Entity<RunId, Run> createAs(RunId id, Run run, List<Param> tags) {
        try {
            return create(id, run, tags, true);
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.CONFLICT) {
                throw e;
            }
            throw new SlipwayException(
                    ErrorKind.CONFLICT, "run.exists", "The id " + id + " is a run's already, or another thing's.", e);
        }
    }

    private Entity<RunId, Run> create(RunId id, Run run, List<Param> tags, boolean given) {
        LogBatch batch = LogLimits.check(new LogBatch(List.of(), List.of(), tags));
        return write(id, new RunEdit.Make(run, given), batch, List.of());
    }

    /**
     * Changes a run; a change that leaves it equal writes nothing.
     *
     * @param change makes the new body from that which stands, maybe more than once; it may refuse with an exception
     * @throws SlipwayException {@code run.unknown}; {@code run.deleted}
     */
    public Entity<RunId, Run> update(RunId id, UnaryOperator<Run> change) {
        return write(id, new RunEdit.Alter(change, false), NOTHING, List.of());
    }

    /** As {@link #update}, for deleted runs as well. */
    public Entity<RunId, Run> updateEvenDeleted(RunId id, UnaryOperator<Run> change) {
        return write(id, new RunEdit.Alter(change, true), NOTHING, List.of());
    }

    /**
     * Logs the batch, which changes the run's name too if the tag of it is there.
     *
     * @throws SlipwayException {@code run.unknown}; {@code run.deleted}; {@code run.param-changed}; as {@link LogLimits}
     */
    public void log(RunId id, LogBatch batch) {
        LogBatch checked = LogLimits.check(batch);
        RunEdit edit = checked.tags().stream()
                .filter(tag ->
                        tag.key().equals(RunChanges.NAME_TAG) && !tag.value().isEmpty())
                .<RunEdit>map(tag -> new RunEdit.Alter(run -> run.withName(tag.value()), false))
                .reduce(new RunEdit.Keep(), (before, last) -> last);
        write(id, edit, checked, List.of());
    }

    /**
     * Takes a tag away.
     *
     * @throws SlipwayException {@code run.unknown}; {@code run.deleted}; {@code run.tag-unknown}; {@code run.name} for the
     *     tag of the run's name
     */
    public void removeTag(RunId id, String key) {
        if (key.equals(RunChanges.NAME_TAG)) {
            throw SlipwayException.invalid(
                    "run.name", "The tag " + key + " is the run's name, which it can't be without; change it instead.");
        }
        write(id, new RunEdit.Keep(), NOTHING, List.of(key));
    }

    private Entity<RunId, Run> write(RunId id, RunEdit edit, LogBatch batch, List<String> removedTags) {
        RunRequest request = new RunRequest(callers.current(), id, edit, batch, removedTags, new CompletableFuture<>());
        queue.add(request);
        try {
            return request.answer().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlipwayException.unavailable(
                    "run.log-interrupted", "Interrupted while writing; it may or may not be written. Try again.", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    /** An exception of this call's own thread, as one exception is shared by a whole group. */
    private static SlipwayException failure(Throwable cause) {
        return cause instanceof SlipwayException known
                ? new SlipwayException(known.kind(), known.code(), known.getMessage(), known)
                : SlipwayException.internal("run.log-failed", "What was logged could not be written: " + cause, cause);
    }

    private void writeGroups() {
        try {
            List<RunRequest> group = queue.takeGroup(MAX_GROUP_SIZE);
            while (!group.isEmpty()) {
                writer.write(group);
                group = queue.takeGroup(MAX_GROUP_SIZE);
            }
        } catch (InterruptedException e) {
            // Only close() ends the thread, and it does so by closing the queue.
            throw new IllegalStateException("nobody interrupts the committer", e);
        }
    }

    /** Refuses what comes from now on, and returns when all that waited is written. */
    @Override
    @PreDestroy
    public void close() {
        queue.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
