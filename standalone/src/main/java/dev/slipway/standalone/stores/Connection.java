package dev.slipway.standalone.stores;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store on a server that may be away when the process starts. The first attempt is made at once; while the server is away,
 * a thread tries again, ever more seldom, and whoever asks meanwhile is told {@code UNAVAILABLE}, {@code store.unreachable}.
 * A store that was opened stays open: its driver overcomes later losses.
 *
 * @param <T> the store's port
 */
final class Connection<T extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** How long to wait between attempts: the first pause, which doubles until it is the longest. */
    record Backoff(Duration first, Duration longest) {
        static final Backoff DEFAULT = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

        /** A pause between half and the whole of what the attempt's number allows, so that processes don't come all at once. */
        long nanosAfter(int attempts) {
            long whole = Math.min(longest.toNanos(), first.toNanos() << Math.min(attempts - 1, 20));
            return whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1);
        }
    }

    private final String name;
    private final Supplier<T> opener;
    private final Backoff backoff;
    private final Consumer<SlipwayException> onRefusal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private volatile T store;
    private volatile SlipwayException reason;
    private boolean closed;

    private Connection(String name, Supplier<T> opener, Backoff backoff, Consumer<SlipwayException> onRefusal) {
        this.name = name;
        this.opener = opener;
        this.backoff = backoff;
        this.onRefusal = onRefusal;
    }

    /**
     * Tries to open the store, and goes on trying if its server is away.
     *
     * @param name for people, as in "ArangoDB at http://…"
     * @param onRefusal told when a server that was away at first turns out to be one that no attempt will open
     * @throws SlipwayException what the opener throws, unless it is {@code UNAVAILABLE}
     */
    static <T extends AutoCloseable> Connection<T> open(
            String name, Supplier<T> opener, Backoff backoff, Consumer<SlipwayException> onRefusal) {
        Connection<T> connection = new Connection<>(name, opener, backoff, onRefusal);
        try {
            connection.store = opener.get();
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.UNAVAILABLE) {
                throw e;
            }
            connection.tryAgainLater(e);
        }
        return connection;
    }

    /** The store; {@code UNAVAILABLE} with code {@code store.unreachable} as long as it could not be opened. */
    T get() {
        T opened = store;
        if (opened != null) {
            return opened;
        }
        SlipwayException last = reason;
        throw SlipwayException.unavailable(
                "store.unreachable",
                "There is no connection to " + name + " yet; try again later. " + last.getMessage(),
                last);
    }

    private void tryAgainLater(SlipwayException failure) {
        reason = failure;
        Thread thread = new Thread(() -> retry(failure), "connect-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void retry(SlipwayException first) {
        SlipwayException failure = first;
        for (int attempts = 1; ; attempts++) {
            long pause = backoff.nanosAfter(attempts);
            LOG.warn(
                    "{} can't be reached (attempt {}); next attempt in {} ms: {}",
                    name,
                    attempts,
                    pause / 1_000_000,
                    failure.getMessage());
            if (closedWithin(pause)) {
                return;
            }
            try {
                if (keep(opener.get())) {
                    LOG.info("{} is connected (attempt {})", name, attempts + 1);
                }
                return;
            } catch (SlipwayException e) {
                reason = e;
                failure = e;
                if (e.kind() != ErrorKind.UNAVAILABLE) {
                    LOG.error("{} can't be used: {}", name, e.getMessage());
                    onRefusal.accept(e);
                    return;
                }
            } catch (RuntimeException e) {
                failure = SlipwayException.internal("store.defect", name + " could not be opened: " + e, e);
                reason = failure;
                LOG.error("{} could not be opened", name, e);
                onRefusal.accept(failure);
                return;
            }
        }
    }

    private boolean closedWithin(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!closed && left > 0) {
                left = ended.awaitNanos(left);
            }
            return closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the store was wanted; one that was opened while the process ended is closed again. */
    private boolean keep(T opened) {
        lock.lock();
        try {
            if (!closed) {
                store = opened;
                return true;
            }
        } finally {
            lock.unlock();
        }
        close(opened);
        return false;
    }

    private void close(T opened) {
        try {
            opened.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // The ports' own close() throws no checked exception.
            throw SlipwayException.internal("store.close", name + " could not be closed.", e);
        }
    }

    /** Gives up trying, and closes the store if it is open. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
        T opened = store;
        if (opened != null) {
            close(opened);
        }
    }
}
