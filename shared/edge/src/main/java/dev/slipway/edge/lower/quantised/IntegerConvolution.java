package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.Operand;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The exact convolution of integers, by float convolutions of so many channels as stay exact. */
final class IntegerConvolution {
    private static final int CHANNELS = 1;

    private IntegerConvolution() {}

    /** Inputs by their places, as ConvInteger and QLinearConv have them differently; the bias is INT32. */
    record Places(int image, int imageZero, int weights, int weightsZero, int bias) {}

    static Accumulator of(OnnxNode node, LoweringContext context, Places places) {
        Kernels kernels = context.kernels(node);
        Parameters parameters = new Parameters(node, context);
        ValueFacts imageFacts = context.facts(node, places.image());
        ValueFacts weightFacts = context.facts(node, places.weights());
        Factor image = Factor.of(
                kernels,
                context.floats(node, places.image()),
                parameters.scalar(places.imageZero()),
                imageFacts.extents(),
                QuantisedType.of(imageFacts.type(), context));
        Factor weights = Factor.of(
                kernels,
                context.floats(node, places.weights()),
                parameters.alongAxis(places.weightsZero(), 0, weightFacts.rank()),
                weightFacts.extents(),
                QuantisedType.of(weightFacts.type(), context));
        double[] magnitudes = magnitudes(image, weights);
        boolean grouped = node.integer("group").orElse(1L) != 1;
        if (!ExactParts.arePlacesExact(magnitudes) || (grouped && !ExactParts.isExact(magnitudes))) {
            throw context.refusal("integer-sum", "its sums of products can exceed 2^24, which float does not hold");
        }
        Optional<OnnxTensor> bias = exactBias(node, context, places.bias(), magnitudes);
        List<EdgeValue> parts = new ArrayList<>();
        for (ExactParts.Part part : ExactParts.of(magnitudes)) {
            List<Operand> operands = new ArrayList<>();
            operands.add(
                    grouped
                            ? image.operand()
                            : image.part(kernels, CHANNELS, part.begin(), part.size())
                                    .operand());
            operands.add(
                    weights.part(kernels, CHANNELS, part.begin(), part.size()).operand());
            bias.map(Operand::constant).ifPresent(operands::add);
            parts.add(context.compose(
                    node,
                    "Conv",
                    node.attributes(),
                    operands,
                    Operand.floats(context.outputFacts(node, 0).extents())));
        }
        Accumulator sum = Accumulator.of(kernels, parts);
        if (node.input(places.bias()).isEmpty() || bias.isPresent()) {
            return sum;
        }
        EdgeValue addend = context.input(node, places.bias());
        List<Integer> axes = java.util.stream.IntStream.range(1, imageFacts.rank() - 1)
                .boxed()
                .toList();
        return sum.plus(kernels, kernels.unsqueeze(addend, axes));
    }

    /** What each input channel of the weights can add. */
    private static double[] magnitudes(Factor image, Factor weights) {
        double[] magnitudes;
        if (weights.isConstant()) {
            magnitudes = weights.magnitudes(CHANNELS, 0);
        } else {
            magnitudes = new double[weights.value().shape().get(CHANNELS)];
            int area = Shapes.size(
                    weights.value().shape().subList(2, weights.value().rank()));
            Arrays.fill(magnitudes, (double) area * weights.reach());
        }
        return Arrays.stream(magnitudes).map(sum -> sum * image.reach()).toArray();
    }

    /** The bias as floats, if it is constant and the sums stay exact with it in one part. */
    private static Optional<OnnxTensor> exactBias(
            OnnxNode node, LoweringContext context, int input, double[] magnitudes) {
        Optional<OnnxTensor> known = context.known(node, input);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        long[] integers = known.get().longs();
        double[] together = Arrays.copyOf(magnitudes, magnitudes.length + 1);
        float[] floats = new float[integers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = integers[i];
            together[magnitudes.length] = Math.max(together[magnitudes.length], Math.abs((double) integers[i]));
        }
        return ExactParts.isExact(together)
                ? Optional.of(
                        OnnxTensor.float32(node.inputs().get(input), known.get().shape(), floats))
                : Optional.empty();
    }
}
