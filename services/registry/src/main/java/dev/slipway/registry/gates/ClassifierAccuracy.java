package dev.slipway.registry.gates;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.run.OnnxSession;
import java.util.List;

/** Runs a classifier on labelled samples and counts how often it is right. */
final class ClassifierAccuracy {
    private static final int BATCH = 64;

    private ClassifierAccuracy() {}

    /**
     * The share of samples whose highest score stands at the place of their label, 0 to 1.
     *
     * @param samples (count, …), at least one
     * @param labels (count), each the index of a class
     * @param classes how many scores the model must give for each sample
     */
    static double of(byte[] onnx, Tensor samples, Tensor labels, int classes) {
        int count = samples.shape().isEmpty() ? 0 : samples.rows();
        if (count == 0 || !labels.shape().equals(List.of(count))) {
            throw SlipwayException.invalid(
                    "registry.test-set",
                    "The pinned test split has samples of shape " + samples.shape() + " and labels of shape "
                            + labels.shape() + "; it needs a label for each of at least one sample.");
        }
        try (OnnxSession session = OnnxSession.open(onnx)) {
            int batch = batchSize(session, count);
            int correct = 0;
            for (int from = 0; from < count; from += batch) {
                int to = Math.min(count, from + batch);
                Tensor scores = session.run(samples.rows(from, to));
                if (!scores.shape().equals(List.of(to - from, classes))) {
                    throw SlipwayException.invalid(
                            "registry.output",
                            "The model answers " + (to - from) + " samples with shape " + scores.shape()
                                    + ", but it is registered with " + classes + " classes: one score for each.");
                }
                correct += correct(scores, labels.rows(from, to));
            }
            return (double) correct / count;
        }
    }

    private static int batchSize(OnnxSession session, int count) {
        List<Dimension> shape =
                session.inputs().isEmpty() ? List.of() : session.inputs().get(0).shape();
        if (shape.isEmpty() || !(shape.get(0) instanceof Dimension.Fixed fixed)) {
            return BATCH;
        }
        if (fixed.length() < 1 || count % fixed.length() != 0) {
            throw SlipwayException.unsupported(
                    "registry.batch",
                    "The model takes batches of exactly " + fixed.length() + ", which do not divide the " + count
                            + " samples of the test split; export it with an open batch axis.");
        }
        return (int) fixed.length();
    }

    private static int correct(Tensor scores, Tensor labels) {
        int correct = 0;
        for (int row = 0; row < labels.rows(); row++) {
            correct += scores.greatest(row) == Math.round(labels.values()[row]) ? 1 : 0;
        }
        return correct;
    }
}
