package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Folding;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.OnnxNode;

/** MatMulInteger, and MatMulIntegerToFloat, which scales the result. */
final class IntegerMatMulLowering implements Lowering {
    private final boolean scaled;

    /** If {@code scaled}, inputs 2 and 3 are scales, 4 and 5 the zero points and 6 a bias. */
    IntegerMatMulLowering(boolean scaled) {
        this.scaled = scaled;
    }

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        int zeroPoints = scaled ? 4 : 2;
        Factor left = factor(node, context, 0, zeroPoints);
        Factor right = factor(node, context, 1, zeroPoints + 1);
        Accumulator product = MatrixProduct.of(node, context, left, right);
        if (!scaled) {
            product.define(node, context);
            return;
        }
        Kernels kernels = context.kernels(node);
        EdgeValue factor = Folding.multiply(kernels, scale(node, context, 0, 2), scale(node, context, 1, 3));
        EdgeValue result = kernels.multiply(product.floats(kernels), factor);
        context.define(node, node.input(6).isEmpty() ? result : kernels.add(result, context.input(node, 6)));
    }

    /** Input 0 (rows) or 1 (columns) less its zero point. */
    static Factor factor(OnnxNode node, LoweringContext context, int input, int zeroPoint) {
        ValueFacts facts = context.facts(node, input);
        return Factor.of(
                context.kernels(node),
                context.floats(node, input),
                scale(node, context, input, zeroPoint),
                facts.extents(),
                QuantisedType.of(facts.type(), context));
    }

    /** A parameter of the rows of input 0 or the columns of input 1. */
    static EdgeValue scale(OnnxNode node, LoweringContext context, int input, int parameter) {
        int rank = context.facts(node, input).rank();
        int axis = input == 0 ? rank - 2 : rank - 1;
        Parameters parameters = new Parameters(node, context);
        return axis < 0 ? parameters.scalar(parameter) : parameters.alongAxis(parameter, axis, rank);
    }
}
