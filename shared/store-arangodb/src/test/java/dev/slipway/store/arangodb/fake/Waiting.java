package dev.slipway.store.arangodb.fake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits under the storage's lock, which others may take meanwhile. */
final class Waiting {

    private final Storage storage;

    Waiting(Storage storage) {
        this.storage = storage;
    }

    /** Whether the condition came true in time. */
    boolean until(BooleanSupplier condition, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                // Not longer, because an idle transaction expires without a signal.
                storage.released().await(50, TimeUnit.MILLISECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArangoRefusal(503, 30, "shutdown in progress");
        }
    }
}
