package dev.slipway.store.s3;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for answers, and asks again, a bounded number of times, when none comes or the server is busy. */
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final int ATTEMPTS = 4;
    private static final long FIRST_PAUSE_MILLIS = 100;

    private final S3Errors errors;
    private volatile boolean closed;

    Calls(S3Errors errors) {
        this.errors = errors;
    }

    /** A request that is under way, and how to send it again. */
    record Started<T>(CompletableFuture<T> answer, Supplier<CompletableFuture<T>> request) {}

    <T> Started<T> start(Supplier<CompletableFuture<T>> request) {
        if (closed) {
            throw SlipwayException.unavailable("store.closed", "The artifact store is closed.", null);
        }
        return new Started<>(send(request), request);
    }

    /** The answer to a request that may be sent several times. */
    <T> T run(Supplier<CompletableFuture<T>> request) {
        return finish(start(request));
    }

    <T> T finish(Started<T> started) {
        try {
            return answer(started);
        } catch (Failure e) {
            throw told(e);
        }
    }

    /** A failure in the suite's own terms. */
    SlipwayException told(Failure failure) {
        return errors.of(failure.getCause());
    }

    /** As {@link #run}, but what was refused or lost is told as it is. */
    <T> T attempt(Supplier<CompletableFuture<T>> request) throws Failure {
        return answer(start(request));
    }

    /** The answer to a request that is sent once only. */
    <T> T once(Supplier<CompletableFuture<T>> request) throws Failure {
        return await(start(request).answer());
    }

    private <T> T answer(Started<T> started) throws Failure {
        CompletableFuture<T> answer = started.answer();
        for (int attempt = 1; ; attempt++) {
            try {
                return await(answer);
            } catch (Failure e) {
                if (attempt == ATTEMPTS || closed || !S3Errors.isPassing(e.getCause())) {
                    throw e;
                }
            }
            pause(FIRST_PAUSE_MILLIS << (attempt - 1));
            answer = send(started.request());
        }
    }

    /** What the client throws at once counts as an answer like any other. */
    private static <T> CompletableFuture<T> send(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> T await(CompletableFuture<T> answer) throws Failure {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            CompletableFuture<Void> unused = answer.thenAccept(Calls::discard);
            throw interrupted(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new Failure(cause);
        }
    }

    /** A body that comes when nobody waits for it any more holds a connection until it is closed. */
    private static void discard(Object answer) {
        if (answer instanceof InputStream body) {
            try {
                body.close();
            } catch (IOException e) {
                LOG.debug("An answer that nobody waited for could not be closed", e);
            }
        }
    }

    /** Waits, half of the time and up to all of it, so that many who wait do not come back together. */
    void pause(long millis) {
        try {
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static SlipwayException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return SlipwayException.unavailable(
                "store.interrupted", "The thread was interrupted while it waited for the artifact store.", e);
    }

    void close() {
        closed = true;
    }

    /** Why a request failed: the cause. */
    static final class Failure extends Exception {
        Failure(Throwable cause) {
            super(cause);
        }
    }
}
