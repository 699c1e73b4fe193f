package dev.slipway.training.train;

/** What a training tells of itself as it goes on; each method may stop it by throwing. */
interface TrainingReport {
    /**
     * Says how far the training has come.
     *
     * @param fraction 0 to 1
     */
    void progress(double fraction, String message);

    void epoch(EpochResult result);

    /** Adds a line to the log. */
    void log(String line);
}
