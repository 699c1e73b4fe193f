package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** Max and Min of one or two values. */
record ExtremumLowering(BuiltinOperator operator) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue value = context.input(node, 0);
        if (node.inputs().size() > 2) {
            throw context.refusal("inputs", "it has " + node.inputs().size() + " inputs, and at most 2 are supported");
        }
        if (node.inputs().size() == 2) {
            value = context.add(
                    node,
                    operator,
                    new OperatorOptions.None(),
                    List.of(value, context.input(node, 1)),
                    context.outputShape(node));
        }
        context.define(node, value);
    }
}
