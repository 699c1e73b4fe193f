package dev.slipway.onnx.run;

import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;

/** Models with fewer nodes that compute the same. */
public final class SimplifiedModel {
    private static final SessionSettings SIMPLE =
            SessionSettings.standard().withOptimisation(SessionSettings.Optimisation.BASIC);

    private SimplifiedModel() {}

    /**
     * The model as ONNX Runtime simplifies it: constants are folded, normalisation by constants becomes part of the
     * convolution before, and what changes nothing is gone; inputs and outputs stay. Fails with {@code onnx.unusable} if
     * ONNX Runtime can't load the model.
     */
    public static OnnxModel of(OnnxModel model) {
        return OnnxReader.read(SavedModel.bytes(SavedModel.weights(model), SIMPLE, SavedModel.Format.ONNX));
    }
}
