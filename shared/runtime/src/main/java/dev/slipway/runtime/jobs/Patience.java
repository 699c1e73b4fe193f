package dev.slipway.runtime.jobs;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How long a job goes on trying what a store or service can't do now, and how long it waits between tries. */
final class Patience {
    private static final long FIRST_PAUSE = Duration.ofMillis(250).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(5).toNanos();
    private static final long LOOK = Duration.ofMillis(200).toNanos();

    private final long nanos;
    private long since;
    private int tries;

    Patience(Duration total) {
        this.nanos = total.toNanos();
    }

    /**
     * Waits before the next try; false, at once, when all patience is used up.
     *
     * @param givesUp looked at while waiting; ends the wait
     */
    boolean waits(BooleanSupplier givesUp) throws InterruptedException {
        long now = System.nanoTime();
        if (tries == 0) {
            since = now;
        }
        long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(tries++, 10));
        // Not all jobs at the same moment: what was away may be weak when it comes back.
        long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        if (now - since + jittered > nanos) {
            return false;
        }
        long deadline = now + jittered;
        for (long left = jittered; left > 0; left = deadline - System.nanoTime()) {
            if (givesUp.getAsBoolean()) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(LOOK, left));
        }
        return true;
    }
}
