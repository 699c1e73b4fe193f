package dev.slipway.conversion.child;

/** Hears of a job in a child while it waits for its end. */
public interface ChildListener {
    /**
     * Called some times a second; what it throws ends the child.
     *
     * @param fraction 0 to 1
     */
    void progress(double fraction, String message);

    /** A line for the job's log. */
    void log(String line);
}
