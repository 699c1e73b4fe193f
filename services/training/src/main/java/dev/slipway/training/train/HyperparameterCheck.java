package dev.slipway.training.train;

import dev.slipway.api.training.Hyperparameters;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;

/** The ranges of hyperparameters. */
public final class HyperparameterCheck {
    private static final int MAX_EPOCHS = 1000;
    private static final int MAX_BATCH = 4096;

    private HyperparameterCheck() {}

    /** Fails with {@code training.hyperparameters} unless all are within their ranges. */
    public static void check(@Nullable Hyperparameters given) {
        if (given == null) {
            throw wrong("Hyperparameters are missing.");
        }
        if (given.epochs() < 1 || given.epochs() > MAX_EPOCHS) {
            throw wrong("There are 1 to " + MAX_EPOCHS + " epochs, not " + given.epochs() + ".");
        }
        if (given.batchSize() < 1 || given.batchSize() > MAX_BATCH) {
            throw wrong("A batch has 1 to " + MAX_BATCH + " samples, not " + given.batchSize() + ".");
        }
        if (!(given.learningRate() > 0 && given.learningRate() <= 1)) {
            throw wrong("The learning rate is above 0 and at most 1, not " + given.learningRate() + ".");
        }
    }

    private static SlipwayException wrong(String message) {
        return SlipwayException.invalid("training.hyperparameters", message);
    }
}
