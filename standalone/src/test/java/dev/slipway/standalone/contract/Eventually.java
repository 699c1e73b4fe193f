package dev.slipway.standalone.contract;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what other threads and processes do. */
public final class Eventually {
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(20);

    private Eventually() {}

    /** What {@code look} sees once it is {@code enough}; the test's own limit guards against what never comes. */
    public static <T> T see(Supplier<T> look, Predicate<T> enough) {
        T seen = look.get();
        while (!enough.test(seen)) {
            if (Thread.interrupted()) {
                throw new IllegalStateException("still waiting when the test's time was over: " + seen);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
            seen = look.get();
        }
        return seen;
    }
}
