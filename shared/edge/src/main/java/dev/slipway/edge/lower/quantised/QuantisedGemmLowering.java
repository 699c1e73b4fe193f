package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Folding;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.probe.Extent;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** ONNX Runtime's QGemm: the exact product of matrices, and whole numbers added to it, scaled; rounded if it has a scale. */
final class QuantisedGemmLowering implements Lowering {
    private static final Permutation SWAP = Permutation.of(1, 0);
    private static final int LEFT = 0;
    private static final int RIGHT = 3;
    private static final int BIAS = 6;
    private static final int SCALE = 7;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Parameters parameters = new Parameters(node, context);
        Accumulator product = MatrixProduct.of(
                node, context, factor(node, context, LEFT, "transA"), factor(node, context, RIGHT, "transB"));
        if (node.input(BIAS).isPresent()) {
            product = product.plus(kernels, context.input(node, BIAS));
        }
        EdgeValue scales =
                Folding.multiply(kernels, parameters.scalar(LEFT + 1), parameters.alongAxis(RIGHT + 1, 1, 2));
        float alpha = node.number("alpha").orElse(1f);
        EdgeValue factor =
                alpha == 1 ? scales : Folding.multiply(kernels, scales, EdgeValue.scalar(TensorType.FLOAT32, alpha));
        if (node.input(SCALE).isEmpty()) {
            context.define(node, kernels.multiply(product.floats(kernels), factor));
        } else {
            product.requantise(
                    node,
                    context,
                    Folding.divide(kernels, factor, parameters.scalar(SCALE)),
                    parameters.scalar(SCALE + 1));
        }
    }

    private static Factor factor(OnnxNode node, LoweringContext context, int input, String transposed) {
        Kernels kernels = context.kernels(node);
        Parameters parameters = new Parameters(node, context);
        ValueFacts facts = context.facts(node, input);
        boolean swaps = node.integer(transposed).orElse(0L) != 0;
        EdgeValue given = context.floats(node, input);
        List<Extent> extents = facts.extents();
        return Factor.of(
                kernels,
                swaps ? kernels.transpose(given, SWAP) : given,
                input == LEFT ? parameters.scalar(input + 2) : parameters.alongAxis(input + 2, 1, 2),
                swaps ? SWAP.apply(extents) : extents,
                QuantisedType.of(facts.type(), context));
    }
}
