package dev.slipway.runtime;

import dev.slipway.kernel.SlipwayException;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Tells the log of something that is tried again and again and can't be done now: when it begins, once a minute while it
 * lasts, and when it is over. For a loop of one thread.
 */
public final class Outage {
    private static final long BETWEEN_LINES = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final String what;
    private long failures;
    private long lastLine;

    /** @param what can't be done, as in "the event log can't be read" */
    public Outage(Logger log, String what) {
        this.log = log;
        this.what = what;
    }

    /** It could not be done. What is no {@link SlipwayException} is a defect, and told with its stack trace. */
    public void failed(RuntimeException failure) {
        failures++;
        long now = System.nanoTime();
        if (failures > 1 && now - lastLine < BETWEEN_LINES) {
            return;
        }
        lastLine = now;
        if (failure instanceof SlipwayException) {
            log.warn("{} now (try {}): {}", what, failures, failure.getMessage());
        } else {
            log.error("{} now (try {})", what, failures, failure);
        }
    }

    /** It could be done. */
    public void over() {
        if (failures > 0) {
            log.info("no longer after {} tries: {}", failures, what);
            failures = 0;
        }
    }

    /** How often in a row it could not be done. */
    public long failures() {
        return failures;
    }
}
