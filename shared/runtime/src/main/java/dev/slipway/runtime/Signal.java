package dev.slipway.runtime;

import java.time.Duration;

/** Lets threads sleep until there is news, without missing any: news is counted, so a sleeper names what it has seen. */
public final class Signal {
    private long raised;

    /** There is news. */
    public synchronized void raise() {
        raised++;
        notifyAll();
    }

    /** How often there was news; to be asked before looking at what the news is about. */
    public synchronized long count() {
        return raised;
    }

    /** Returns when there was news since {@code seen}, or after {@code longest}. */
    public synchronized void await(long seen, Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        long left = longest.toNanos();
        while (raised == seen && left > 0) {
            // Rounded up, so that a wait of under a millisecond does not become one without end.
            wait(left / 1_000_000 + 1);
            left = deadline - System.nanoTime();
        }
    }
}
