package dev.slipway.training.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import dev.slipway.kernel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class NetworkExportTest {
    private static final int CLASSES = 3;

    private record Case(List<Integer> inputShape, List<Layer> layers, long seed) {}

    /** Whatever the layers, the exported model says what the trained network says. */
    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void theExportedModelIsTheTrainedNetwork(@ForAll("cases") Case given) throws InterruptedException {
        check(given);
    }

    /** DJL once took these for gradients that were never collected. */
    @Example
    void gradientsThatCancelEachOtherAreGradients() throws InterruptedException {
        check(new Case(
                List.of(3, 8, 6),
                List.of(new Layer.Flatten(), new Layer.Relu(), new Layer.Relu(), new Layer.Dense(CLASSES)),
                1144455));
    }

    private static void check(Case given) throws InterruptedException {
        NetworkPlan plan = NetworkPlan.of(given.layers(), given.inputShape(), CLASSES);
        LabelledTensor raw = samples(given, 7);
        Normalisation normalisation = new Normalisation(3, 0.25f);

        TrainedNetwork trained = new Trainer(
                        new PyTorch().engine(), plan, new Hyperparameters(2, 3, 0.01f, given.seed()))
                .train(raw.normalised(normalisation), raw.normalised(normalisation), new Unwatched());

        byte[] onnx = OnnxExport.write(plan, normalisation, trained.weights());
        try (ExportCheck check = new ExportCheck(onnx)) {
            assertThat(check.compare(raw.samples(), trained.validationProbabilities()))
                    .isLessThanOrEqualTo(ExportCheck.TOLERANCE);
        }
    }

    private static LabelledTensor samples(Case given, int count) {
        Random random = new Random(given.seed());
        int size = given.inputShape().stream().reduce(1, Math::multiplyExact);
        float[] values = new float[count * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(8);
        }
        float[] labels = new float[count];
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(CLASSES);
        }
        List<Integer> shape = new ArrayList<>(List.of(count));
        shape.addAll(given.inputShape());
        return LabelledTensor.of(
                new Tensor(shape, values), new Tensor(List.of(count), labels), given.inputShape(), CLASSES);
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Integer> side = Arbitraries.integers().between(6, 9);
        Arbitrary<List<Integer>> shapes = Combinators.combine(
                        Arbitraries.integers().between(1, 3), side, side)
                .as(List::of);
        Arbitrary<List<Layer>> images = imageLayers().list().ofMaxSize(4);
        Arbitrary<List<Layer>> flat = flatLayers().list().ofMaxSize(3);
        return Combinators.combine(shapes, images, flat, Arbitraries.longs()).as((shape, first, then, seed) -> {
            List<Layer> layers = new ArrayList<>();
            int pools = 0;
            for (Layer layer : first) {
                pools += layer instanceof Layer.MaxPool ? 1 : 0;
                // A second pooling would leave nothing of the smallest images.
                if (!(layer instanceof Layer.MaxPool) || pools < 2) {
                    layers.add(layer);
                }
            }
            layers.add(new Layer.Flatten());
            layers.addAll(then);
            layers.add(new Layer.Dense(CLASSES));
            return new Case(shape, layers, seed);
        });
    }

    private static Arbitrary<Layer> imageLayers() {
        Arbitrary<Layer> convolutions = Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 3))
                .as((filters, kernel) -> new Layer.Convolution(filters, kernel, kernel - 1));
        return Arbitraries.oneOf(
                convolutions,
                Arbitraries.of(2, 3).map(Layer.MaxPool::new),
                Arbitraries.just(new Layer.Relu()),
                Arbitraries.just(new Layer.Dropout(0.3f)));
    }

    private static Arbitrary<Layer> flatLayers() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 8).map(Layer.Dense::new),
                Arbitraries.just(new Layer.Relu()),
                Arbitraries.just(new Layer.Dropout(0.5f)),
                Arbitraries.just(new Layer.Flatten()));
    }

    private static final class Unwatched implements TrainingWatcher {
        @Override
        public void advanced(double fraction, String message) {}

        @Override
        public void finished(EpochResult epoch) {}
    }
}
