package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * BatchNormalization as a factor and an addend per channel. With constant statistics both are computed here, and later
 * become part of the convolution before.
 */
final class BatchNormalizationLowering implements Lowering {
    private static final float DEFAULT_EPSILON = 1e-5f;
    private static final float DEFAULT_MOMENTUM = 0.9f;
    private static final int TRAINING_BY_ATTRIBUTE = 14;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        if (node.integer("training_mode").orElse(0L) != 0) {
            train(node, context);
            return;
        }
        for (int output = 1; output < node.outputs().size(); output++) {
            if (context.wantsOutput(node, output) && context.opset() < TRAINING_BY_ATTRIBUTE) {
                throw context.refusal("training", "it asks for the statistics of a training step");
            }
        }
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        List<EdgeValue> parameters =
                IntStream.range(1, 5).mapToObj(i -> context.input(node, i)).toList();
        EdgeValue factor;
        EdgeValue addend;
        if (parameters.stream().allMatch(EdgeValue::isConstant)) {
            float[] scale = parameters.get(0).floats();
            float[] shift = parameters.get(1).floats();
            float[] mean = parameters.get(2).floats();
            float[] variance = parameters.get(3).floats();
            for (int i = 0; i < scale.length; i++) {
                double exact = scale[i] / Math.sqrt((double) variance[i] + epsilon(node));
                scale[i] = (float) exact;
                shift[i] = (float) (shift[i] - mean[i] * exact);
            }
            List<Integer> shape = parameters.get(0).shape();
            factor = EdgeValue.floats(node.label() + "/factor", shape, scale);
            addend = EdgeValue.floats(node.label() + "/addend", shape, shift);
        } else {
            EdgeValue inverse = Moments.inverseRoot(kernels, parameters.get(3), epsilon(node));
            factor = kernels.multiply(inverse, parameters.get(0));
            addend = kernels.subtract(parameters.get(1), kernels.multiply(factor, parameters.get(2)));
        }
        EdgeValue scaled = kernels.multiply(input, perChannel(kernels, factor, input.rank()));
        context.define(node, kernels.add(scaled, perChannel(kernels, addend, input.rank())));
    }

    /** Normalises by the moments of the batch itself, which move the running ones. */
    private static void train(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        List<Integer> axes = IntStream.range(0, input.rank())
                .filter(axis -> axis != 1)
                .boxed()
                .toList();
        Moments moments = Moments.of(kernels, input, axes);
        EdgeValue inverse = Moments.inverseRoot(kernels, moments.variance(), epsilon(node));
        EdgeValue scale = perChannel(kernels, context.input(node, 1), input.rank());
        EdgeValue shift = perChannel(kernels, context.input(node, 2), input.rank());
        EdgeValue factor = kernels.multiply(inverse, scale);
        context.define(node, kernels.add(kernels.multiply(moments.centred(), factor), shift));
        float momentum = node.number("momentum").orElse(DEFAULT_MOMENTUM);
        List<EdgeValue> current = List.of(moments.mean(), moments.variance());
        for (int output = 1; output < 3; output++) {
            if (context.wantsOutput(node, output)) {
                EdgeValue kept = kernels.multiply(context.input(node, output + 2), momentum);
                EdgeValue added = kernels.multiply(kernels.squeeze(current.get(output - 1), axes), 1.0 - momentum);
                context.define(node, output, kernels.add(kept, added));
            }
        }
    }

    private static float epsilon(OnnxNode node) {
        return node.number("epsilon").orElse(DEFAULT_EPSILON);
    }

    /** Parameters for every element, as before operator set 9 with spatial = 0, broadcast as they are. */
    private static EdgeValue perChannel(Kernels kernels, EdgeValue parameter, int rank) {
        return parameter.rank() == 1 && rank > 2 ? Grouping.along(kernels, parameter, 1, rank) : parameter;
    }
}
