package dev.slipway.store.s3;

import dev.slipway.kernel.SlipwayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clears away what failed, even in an interrupted thread; what can't be cleared away is said and left. */
final class Undisturbed {
    private static final Logger LOG = LoggerFactory.getLogger(Undisturbed.class);

    private Undisturbed() {}

    static void clear(String what, Runnable clearing) {
        boolean interrupted = Thread.interrupted();
        try {
            clearing.run();
        } catch (SlipwayException e) {
            LOG.warn("{} can't be cleared away now; it is when a store is opened later", what, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
