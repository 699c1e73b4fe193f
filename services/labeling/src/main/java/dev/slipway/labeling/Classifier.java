package dev.slipway.labeling;

import dev.slipway.api.Sample;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.run.OnnxSession;
import java.util.ArrayList;
import java.util.List;

/** A model that tells classes apart, ready to be asked. */
final class Classifier implements AutoCloseable {
    private static final int BATCH = 64;

    private final OnnxSession session;
    private final List<Integer> inputShape;
    private final List<String> classes;

    private Classifier(OnnxSession session, List<Integer> inputShape, List<String> classes) {
        this.session = session;
        this.inputShape = inputShape;
        this.classes = classes;
    }

    /**
     * What the model makes of a sample.
     *
     * @param label the most probable one, the first of several
     * @param probability of that label
     * @param uncertainty 0 (sure) to 1 (no idea)
     */
    record Answer(String label, double probability, double uncertainty) {}

    static Classifier open(byte[] onnx, List<Integer> inputShape, List<String> classes) {
        return new Classifier(OnnxSession.open(onnx), inputShape, classes);
    }

    /**
     * One answer per sample, in their order.
     *
     * @throws SlipwayException {@code labeling.shape} for samples that the model does not take, {@code
     *     labeling.model-output} when it does not answer with one finite number per class
     */
    List<Answer> classify(List<Sample> samples) {
        List<Answer> answers = new ArrayList<>();
        for (int from = 0; from < samples.size(); from += BATCH) {
            List<Tensor> batch = samples.subList(from, Math.min(from + BATCH, samples.size())).stream()
                    .map(this::input)
                    .toList();
            Tensor output = session.run(Tensor.stack(batch));
            if (!output.shape().equals(List.of(batch.size(), classes.size()))) {
                throw SlipwayException.invalid(
                        "labeling.model-output",
                        "The model answers " + batch.size() + " samples with shape " + output.shape() + " instead of ("
                                + batch.size() + ", " + classes.size() + "), one number per class.");
            }
            for (int row = 0; row < batch.size(); row++) {
                answers.add(answer(output.row(row).values()));
            }
        }
        return answers;
    }

    private Tensor input(Sample sample) {
        if (!sample.shape().equals(inputShape)) {
            throw SlipwayException.invalid(
                    "labeling.shape",
                    "The model takes samples of shape " + inputShape + ", but the project's have " + sample.shape()
                            + ".");
        }
        return sample.toTensor();
    }

    private Answer answer(float[] output) {
        Probabilities probabilities = Probabilities.of(output);
        int best = probabilities.mostProbable();
        return new Answer(classes.get(best), probabilities.of(best), probabilities.uncertainty());
    }

    @Override
    public void close() {
        session.close();
    }
}
