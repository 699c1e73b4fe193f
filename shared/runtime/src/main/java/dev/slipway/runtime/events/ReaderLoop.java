package dev.slipway.runtime.events;

import dev.slipway.kernel.Caller;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.Outage;
import dev.slipway.runtime.Signal;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.GraphStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads one reader along the event log. Its cursor is looked up before each page that has something for it, and moved
 * afterwards by compare-and-set: when another process was faster, this one goes on from there, so of several processes one
 * is ahead and the others find nothing left to do. Events that it does not want are passed without the store's knowledge,
 * up to a limit: to pass them again after a restart costs little.
 */
final class ReaderLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ReaderLoop.class);
    private static final int PAGE = 200;
    private static final int MAX_UNSAVED = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration LONGEST_OUTAGE_PAUSE = Duration.ofSeconds(2);

    private final EventReader reader;
    private final GraphStore graph;
    private final RecentEvents recent;
    private final Callers callers;
    private final EventsConfiguration configuration;
    private final Signal growth;
    private volatile long position;
    /** Where its cursor stands in the store, as far as this process knows. */
    private long saved;

    private volatile boolean stopping;

    ReaderLoop(
            EventReader reader,
            GraphStore graph,
            RecentEvents recent,
            Callers callers,
            EventsConfiguration configuration,
            Signal growth) {
        this.reader = reader;
        this.graph = graph;
        this.recent = recent;
        this.callers = callers;
        this.configuration = configuration;
        this.growth = growth;
    }

    String name() {
        return reader.name();
    }

    /** How far it has come. */
    long position() {
        return position;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        Outage outage = new Outage(LOG, "reader " + reader.name() + " can't read the event log");
        while (!stopping) {
            long seen = growth.count();
            try {
                boolean more = readPage();
                outage.over();
                if (!more) {
                    growth.await(seen, IDLE);
                    if (growth.count() == seen) {
                        save();
                    }
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                outage.failed(e);
                pause(outage.failures(), LONGEST_OUTAGE_PAUSE);
            }
        }
    }

    /** Whether there may be more. */
    private boolean readPage() throws InterruptedException {
        if (position == 0) {
            catchUp();
        }
        List<Event> events = recent.after(position, PAGE);
        boolean wanted = events.stream().anyMatch(this::wants);
        if (wanted && catchUp()) {
            return true;
        }
        try {
            for (Event event : events) {
                if (stopping || (wants(event) && !offer(event))) {
                    break;
                }
                position = event.position();
            }
        } finally {
            if (wanted || position - saved >= MAX_UNSAVED) {
                save();
            }
        }
        return events.size() == PAGE;
    }

    /** Goes to where another process, or one before this, has come; whether that is further. */
    private boolean catchUp() {
        saved = graph.cursor(reader.name());
        boolean behind = saved > position;
        if (behind) {
            position = saved;
        }
        return behind;
    }

    private void save() {
        if (position > saved && graph.moveCursor(reader.name(), saved, position)) {
            saved = position;
        } else if (position > saved) {
            catchUp();
        }
    }

    private boolean wants(Event event) {
        return reader.types().isEmpty() || reader.types().contains(event.event().type());
    }

    /** Whether the reader is done with the event; false only when the process ends. */
    private boolean offer(Event event) throws InterruptedException {
        for (int offered = 1; !stopping; offered++) {
            try {
                read(event);
                return true;
            } catch (SlipwayException e) {
                boolean later = e.kind() == ErrorKind.UNAVAILABLE || e.kind() == ErrorKind.CONFLICT;
                if (!later || offered == configuration.offers()) {
                    passOver(event, e);
                    return true;
                }
                LOG.warn("reader {} will take event {} later: {}", reader.name(), event.position(), e.getMessage());
                pause(offered, configuration.longestPause());
            } catch (RuntimeException e) {
                passOver(event, e);
                return true;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return false;
    }

    private void passOver(Event event, RuntimeException failure) {
        LOG.error(
                "reader {} passed over event {} ({} of {})",
                reader.name(),
                event.position(),
                event.event().type(),
                event.event().subject(),
                failure);
    }

    private void read(Event event) throws InterruptedException {
        callers.waitAs(Caller.service(reader.name(), event.workspace()), () -> {
            reader.read(event);
            return null;
        });
    }

    /** The first pause is a hundredth of the longest, each further one twice the one before. */
    private void pause(long failures, Duration longestPause) {
        long longest = longestPause.toNanos();
        long pause = Math.min(longest, (longest / 100) << Math.min(failures - 1, 7));
        long deadline = System.nanoTime() + pause;
        // In small pieces, so that the process need not wait for it when it ends.
        while (!stopping
                && System.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(100_000_000L, Math.max(1, deadline - System.nanoTime())));
        }
    }
}
