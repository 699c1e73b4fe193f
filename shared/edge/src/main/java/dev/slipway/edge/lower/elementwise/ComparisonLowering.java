package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;

/** EQUAL, LESS and their like, and on conditions NOT_EQUAL, which is exclusive or. */
record ComparisonLowering(BuiltinOperator operator) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        context.define(
                node,
                context.kernels(node)
                        .compare(operator, Unsigned.ordered(node, context, 0), Unsigned.ordered(node, context, 1)));
    }
}
