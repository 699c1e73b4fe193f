package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/** Max, Min, Sum and Mean of one or more values, taken in their order. */
record SeveralLowering(ArithmeticLowering.Operation operation, boolean divides) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        int count = node.inputs().size();
        EdgeValue value = Unsigned.ordered(node, context, 0);
        for (int i = 1; i < count; i++) {
            value = operation.apply(context.kernels(node), value, Unsigned.ordered(node, context, i));
        }
        if (divides && count > 1) {
            value = context.kernels(node).multiply(value, 1d / count);
        }
        context.define(node, count > 1 ? Unsigned.bits(node, context, value) : context.input(node, 0));
    }
}
