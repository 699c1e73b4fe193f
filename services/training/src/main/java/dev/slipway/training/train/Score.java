package dev.slipway.training.train;

import dev.slipway.kernel.tensor.Tensor;

/**
 * How well some samples were classified.
 *
 * @param crossEntropy the sum over all samples
 */
record Score(int count, int correct, double crossEntropy) {
    static final Score NONE = new Score(0, 0, 0);

    /** The score of logits of shape (count, classes). */
    static Score of(Tensor logits, int[] labels) {
        return ofProbabilities(softmax(logits), labels);
    }

    static Score ofProbabilities(Tensor probabilities, int[] labels) {
        int classes = probabilities.shape().get(1);
        float[] values = probabilities.values();
        int correct = 0;
        double crossEntropy = 0;
        for (int row = 0; row < labels.length; row++) {
            correct += probabilities.greatest(row) == labels[row] ? 1 : 0;
            crossEntropy -= Math.log(Math.max(values[row * classes + labels[row]], Float.MIN_NORMAL));
        }
        return new Score(labels.length, correct, crossEntropy);
    }

    static Tensor softmax(Tensor logits) {
        int classes = logits.shape().get(1);
        float[] values = logits.values();
        float[] probabilities = new float[values.length];
        for (int row = 0; row < logits.rows(); row++) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (int i = row * classes; i < (row + 1) * classes; i++) {
                greatest = Math.max(greatest, values[i]);
            }
            double sum = 0;
            for (int i = row * classes; i < (row + 1) * classes; i++) {
                sum += Math.exp(values[i] - greatest);
            }
            for (int i = row * classes; i < (row + 1) * classes; i++) {
                probabilities[i] = (float) (Math.exp(values[i] - greatest) / sum);
            }
        }
        return new Tensor(logits.shape(), probabilities);
    }

    Score plus(Score other) {
        return new Score(count + other.count, correct + other.correct, crossEntropy + other.crossEntropy);
    }

    /** Mean cross entropy. */
    double loss() {
        return crossEntropy / count;
    }

    /** The share of right answers, 0 to 1. */
    double accuracy() {
        return (double) correct / count;
    }
}
