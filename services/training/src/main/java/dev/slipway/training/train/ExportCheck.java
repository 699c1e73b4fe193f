package dev.slipway.training.train;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.run.OnnxSession;
import java.util.Arrays;

/** Runs the exported model as any reader of it will. */
final class ExportCheck implements AutoCloseable {
    /** So much may a probability differ between the trained network and the exported model. */
    static final float TOLERANCE = 1e-4f;

    private static final int BATCH = 256;

    private final OnnxSession session;

    ExportCheck(byte[] onnx) {
        session = OnnxSession.open(onnx);
    }

    /**
     * The largest difference from what the trained network says.
     *
     * @throws SlipwayException {@code training.export-mismatch} when it is above the tolerance or no number
     */
    float compare(Tensor rawSamples, Tensor expected) {
        float worst = 0;
        int classes = expected.shape().get(1);
        for (int from = 0; from < rawSamples.rows(); from += BATCH) {
            int to = Math.min(rawSamples.rows(), from + BATCH);
            float[] actual = session.run(rawSamples.rows(from, to)).values();
            for (int i = 0; i < actual.length; i++) {
                // Math.max keeps a NaN.
                worst = Math.max(worst, Math.abs(actual[i] - expected.values()[from * classes + i]));
            }
        }
        if (!(worst <= TOLERANCE)) {
            throw SlipwayException.internal(
                    "training.export-mismatch",
                    "The exported ONNX model differs from the trained network by " + worst + " (at most " + TOLERANCE
                            + " is allowed). Nothing was stored; a lower learning rate helps when weights have become"
                            + " infinite.",
                    null);
        }
        return worst;
    }

    /** How the exported model does on samples with known labels. */
    Score score(LabelledTensor raw) {
        Score total = Score.NONE;
        for (int from = 0; from < raw.count(); from += BATCH) {
            int to = Math.min(raw.count(), from + BATCH);
            int[] labels = Arrays.copyOfRange(raw.labels(), from, to);
            total = total.plus(Score.ofProbabilities(session.run(raw.samples().rows(from, to)), labels));
        }
        return total;
    }

    @Override
    public void close() {
        session.close();
    }
}
