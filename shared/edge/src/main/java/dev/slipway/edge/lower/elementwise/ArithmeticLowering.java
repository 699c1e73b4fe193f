package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/** ADD, SUB and MUL, which broadcast in TFLite as in ONNX and wrap around as the narrow type does. */
record ArithmeticLowering(Operation operation) implements Lowering {

    /** A kernel of two values. */
    @FunctionalInterface
    interface Operation {
        EdgeValue apply(Kernels kernels, EdgeValue left, EdgeValue right);
    }

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue result = operation.apply(context.kernels(node), context.input(node, 0), context.input(node, 1));
        context.define(node, context.wrapped(node, result));
    }
}
