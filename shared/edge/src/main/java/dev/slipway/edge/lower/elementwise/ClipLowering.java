package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;
import java.util.Optional;

/** Clip: one of TFLite's bounded activations where the bounds are theirs, otherwise MAXIMUM and MINIMUM. */
final class ClipLowering implements Lowering {
    private static final int BOUNDS_ARE_INPUTS = 11;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        float least = bound(node, context, 1, "min").orElse(Float.NEGATIVE_INFINITY);
        float most = bound(node, context, 2, "max").orElse(Float.POSITIVE_INFINITY);
        EdgeValue value = context.input(node, 0);
        Optional<BuiltinOperator> activation = activation(least, most);
        if (activation.isPresent()) {
            value = context.add(node, activation.get(), new OperatorOptions.None(), List.of(value), value.shape());
        } else {
            // In this order a lower bound above the upper one gives the upper one, as ONNX has it.
            if (least > -Float.MAX_VALUE) {
                value = bounded(node, context, BuiltinOperator.MAXIMUM, value, least);
            }
            if (most < Float.MAX_VALUE) {
                value = bounded(node, context, BuiltinOperator.MINIMUM, value, most);
            }
        }
        context.define(node, value);
    }

    private static EdgeValue bounded(
            OnnxNode node, LoweringContext context, BuiltinOperator operator, EdgeValue value, float bound) {
        EdgeValue constant = EdgeValue.floats("bound", List.of(), bound);
        return context.add(node, operator, new OperatorOptions.None(), List.of(value, constant), value.shape());
    }

    private static Optional<BuiltinOperator> activation(float least, float most) {
        if (least == 0 && most >= Float.MAX_VALUE) {
            return Optional.of(BuiltinOperator.RELU);
        } else if (least == 0 && most == 6) {
            return Optional.of(BuiltinOperator.RELU6);
        } else if (least == -1 && most == 1) {
            return Optional.of(BuiltinOperator.RELU_N1_TO_1);
        }
        return Optional.empty();
    }

    private static Optional<Float> bound(OnnxNode node, LoweringContext context, int input, String attribute) {
        return context.opset() < BOUNDS_ARE_INPUTS
                ? node.number(attribute)
                : context.constant(node, input).map(tensor -> tensor.floats()[0]);
    }
}
