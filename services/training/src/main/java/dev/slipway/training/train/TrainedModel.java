package dev.slipway.training.train;

import dev.slipway.store.artifact.Artifact;

/**
 * A trained model that does as ONNX what its network did.
 *
 * @param onnx stored already
 * @param testAccuracy 0 to 1
 * @param epoch that its weights are of
 */
public record TrainedModel(Artifact onnx, double testAccuracy, int epoch) {}
