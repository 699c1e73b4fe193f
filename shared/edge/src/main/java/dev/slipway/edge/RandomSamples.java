package dev.slipway.edge;

import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import java.util.Map;
import java.util.function.BiConsumer;

/** Random inputs of several sizes, to find ranges on where there are no typical ones. */
final class RandomSamples {
    /** How often to go through the sizes for calibration. */
    static final int ROUNDS = 5;

    private static final long SEED_STEP = 1000;

    private RandomSamples() {}

    /** Hands over inputs and ONNX Runtime's outputs, at each size once a round. */
    static void forEach(
            OnnxModel model,
            ConversionOptions options,
            int rounds,
            BiConsumer<Map<String, OnnxTensor>, Map<String, OnnxTensor>> consumer) {
        try (OnnxSession session = OnnxSession.open(model, SessionSettings.standard())) {
            for (int round = 1; round <= rounds; round++) {
                ConversionOptions changed = options.withSeed(options.seed() + SEED_STEP * round);
                new VerificationSamples(model, session, changed).forEach(consumer);
            }
        }
    }
}
