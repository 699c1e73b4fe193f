package dev.slipway.edge;

/** Hears how a conversion comes along; what it throws ends the conversion. */
@FunctionalInterface
public interface ConversionListener {
    /**
     * Called at the beginning of a step and as parts of it are done, by the thread that converts.
     *
     * @param done of the step, 0 to {@code total}
     * @param total at least 1
     */
    void at(ConversionStep step, int done, int total);

    /** Hears of nothing. */
    static ConversionListener none() {
        return (step, done, total) -> {};
    }
}
