package dev.slipway.training.metric;

import dev.slipway.kernel.SlipwayException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Requests that wait for the next group commit, bounded by the number of requests and of the things they log. */
final class LogQueue {
    private final int maxRequests;
    private final int maxSize;
    private final Queue<LogRequest> waiting = new ArrayDeque<>();
    private int size;
    private boolean closed;

    LogQueue(int maxRequests, int maxSize) {
        this.maxRequests = maxRequests;
        this.maxSize = maxSize;
    }

    /** Fails with {@code UNAVAILABLE} when the queue is full or closed. */
    synchronized void add(LogRequest request) {
        if (closed) {
            throw SlipwayException.unavailable("run.log-closed", "The process is ending; log again later.", null);
        }
        if (waiting.size() >= maxRequests || size + request.size() > maxSize) {
            throw SlipwayException.unavailable(
                    "run.log-busy", "More is being logged than can be written; log again in a moment.", null);
        }
        waiting.add(request);
        size += request.size();
        notifyAll();
    }

    /**
     * Waits for a request, then takes all that are there, up to {@code maxGroup} things but one request at least; empty
     * when the queue is closed and drained.
     */
    synchronized List<LogRequest> takeGroup(int maxGroup) throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        List<LogRequest> group = new ArrayList<>();
        int groupSize = 0;
        while (!waiting.isEmpty()
                && (group.isEmpty() || groupSize + waiting.element().size() <= maxGroup)) {
            LogRequest request = waiting.remove();
            groupSize += request.size();
            group.add(request);
        }
        size -= groupSize;
        return group;
    }

    /** Refuses what comes from now on; what waits can still be taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
