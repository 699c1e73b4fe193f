package dev.slipway.training.train;

/**
 * How the network did in one epoch.
 *
 * @param epoch from 1
 * @param trainLoss mean cross entropy over the epoch's batches
 * @param trainAccuracy 0 to 1, over the epoch's batches
 */
record EpochResult(
        int epoch, double trainLoss, double trainAccuracy, double validationLoss, double validationAccuracy) {

    /** Whether these weights are to be preferred: more right answers, or as many with less doubt. */
    boolean betterThan(EpochResult other) {
        int byAccuracy = Double.compare(validationAccuracy, other.validationAccuracy);
        return byAccuracy > 0 || (byAccuracy == 0 && validationLoss < other.validationLoss);
    }
}
