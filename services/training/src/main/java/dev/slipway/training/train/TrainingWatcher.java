package dev.slipway.training.train;

/** Follows a training, and stops it by throwing. */
interface TrainingWatcher {
    /** Called every now and then within an epoch; {@code fraction} is that of the whole training. */
    void advanced(double fraction, String message);

    void finished(EpochResult epoch);
}
