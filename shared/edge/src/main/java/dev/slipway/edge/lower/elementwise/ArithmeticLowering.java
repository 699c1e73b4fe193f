package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** ADD, SUB, MUL and DIV, which broadcast in TFLite as in ONNX. */
record ArithmeticLowering(BuiltinOperator operator) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        List<EdgeValue> inputs = List.of(context.input(node, 0), context.input(node, 1));
        context.define(
                node,
                context.add(
                        node,
                        operator,
                        new OperatorOptions.Arithmetic(Activation.NONE),
                        inputs,
                        context.outputShape(node)));
    }
}
