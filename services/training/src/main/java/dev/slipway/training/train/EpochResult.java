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

    /** Whether these weights are to be preferred: the loss tells finer than the share of right answers in a small split. */
    boolean betterThan(EpochResult other) {
        return validationLoss < other.validationLoss;
    }
}
