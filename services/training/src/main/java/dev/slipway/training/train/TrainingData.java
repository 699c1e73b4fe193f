package dev.slipway.training.train;

import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.dataset.Statistics;

/** What a network is trained on: the splits of a dataset version, read when they are asked for. */
interface TrainingData {
    /** Those of the split that is learned from. */
    Statistics statistics();

    /** Fails with {@code training.dataset} when the split is empty or can't be trained on. */
    LabelledTensor split(SplitName name);
}
