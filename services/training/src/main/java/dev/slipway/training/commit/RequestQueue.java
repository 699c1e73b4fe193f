package dev.slipway.training.commit;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Requests that wait for the next group commit, bounded by the number of requests and of the things they log. */
final class RequestQueue {
    /** So many requests are in one group at most, for as many runs can be read at once. */
    private static final int MAX_GROUP = Page.MAX_LIMIT;

    private final int maxRequests;
    private final int maxSize;
    private final Queue<RunRequest> waiting = new ArrayDeque<>();
    private int size;
    private boolean closed;

    RequestQueue(int maxRequests, int maxSize) {
        this.maxRequests = maxRequests;
        this.maxSize = maxSize;
    }

    /** Fails with {@code UNAVAILABLE} when the queue is full or closed. */
    synchronized void add(RunRequest request) {
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
    synchronized List<RunRequest> takeGroup(int maxGroup) throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        List<RunRequest> group = new ArrayList<>();
        int groupSize = 0;
        while (!waiting.isEmpty()
                && group.size() < MAX_GROUP
                && (group.isEmpty() || groupSize + waiting.element().size() <= maxGroup)) {
            RunRequest request = waiting.remove();
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
