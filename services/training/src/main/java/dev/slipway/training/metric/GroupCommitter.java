package dev.slipway.training.metric;

import dev.slipway.api.training.LogBatch;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Writes what many callers log in few commits. One thread does all of it and never waits for company: whatever queued up
 * while the last group was written is the next group, so one lone caller waits for nobody and many share their commits.
 */
@Singleton
public final class GroupCommitter implements AutoCloseable {
    private static final int MAX_WAITING_REQUESTS = 4096;
    private static final int MAX_WAITING_SIZE = 200_000;
    // Well below what the stores take at once, and small enough not to keep other writers waiting for long.
    private static final int MAX_GROUP_SIZE = 10_000;

    private final LogQueue queue = new LogQueue(MAX_WAITING_REQUESTS, MAX_WAITING_SIZE);
    private final GroupWriter writer;
    private final Thread thread;

    GroupCommitter(GraphStore graph, MetricStore metrics, InstantSource clock) {
        this.writer = new GroupWriter(graph, metrics, clock);
        this.thread = new Thread(this::writeGroups, "log-committer");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Logs the batch; when it has returned, everything of it survives the death of the process.
     *
     * @throws SlipwayException {@code run.param-changed}; {@code UNAVAILABLE} with code {@code run.log-busy} when too much
     *     waits already, {@code run.log-closed} when the process is ending
     */
    void log(Workspace workspace, KnownRun run, LogBatch batch) {
        LogRequest request = new LogRequest(workspace, run, batch, new CompletableFuture<>());
        queue.add(request);
        try {
            request.answer().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlipwayException.unavailable(
                    "run.log-interrupted", "Interrupted while logging; it may or may not be written. Log it again.", e);
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
            List<LogRequest> group = queue.takeGroup(MAX_GROUP_SIZE);
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
