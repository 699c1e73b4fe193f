package dev.slipway.store.arangodb;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits a little longer before each further attempt, by chance so that rivals part, until the patience is used up. */
final class Retries {
    private static final long FIRST_MILLIS = 4;
    private static final long LONGEST_MILLIS = 250;

    private final long deadline;
    private long bound = FIRST_MILLIS;

    Retries(Duration patience) {
        deadline = System.nanoTime() + patience.toNanos();
    }

    /** Waits; false when it is time to give up, as it is for an interrupted thread, which stays interrupted. */
    boolean again() {
        if (System.nanoTime() - deadline >= 0) {
            return false;
        }
        try {
            Thread.sleep(1 + ThreadLocalRandom.current().nextLong(bound));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        bound = Math.min(LONGEST_MILLIS, 2 * bound);
        return true;
    }
}
