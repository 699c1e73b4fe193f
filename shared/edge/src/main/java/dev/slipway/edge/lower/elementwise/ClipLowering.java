package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.ElementTypes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.Optional;

/** Clip: one of TFLite's bounded activations where the bounds are theirs, otherwise MAXIMUM and MINIMUM. */
final class ClipLowering implements Lowering {
    private static final int BOUNDS_ARE_INPUTS = 11;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Optional<EdgeValue> least = bound(node, context, 1, "min", Float.NEGATIVE_INFINITY);
        Optional<EdgeValue> most = bound(node, context, 2, "max", Float.POSITIVE_INFINITY);
        Optional<BuiltinOperator> activation =
                activation(number(least, Float.NEGATIVE_INFINITY), number(most, Float.POSITIVE_INFINITY));
        if (activation.isPresent() && context.input(node, 0).type() == TensorType.FLOAT32) {
            context.define(node, kernels.unary(activation.get(), context.input(node, 0)));
            return;
        }
        if (least.isEmpty() && most.isEmpty()) {
            context.define(node, context.held(node, 0));
            return;
        }
        EdgeValue value = Unsigned.ordered(node, context, 0);
        // In this order a lower bound above the upper one gives the upper one, as ONNX has it.
        if (least.isPresent()) {
            value = kernels.maximum(value, least.get());
        }
        if (most.isPresent()) {
            value = kernels.minimum(value, most.get());
        }
        context.define(node, Unsigned.bits(node, context, value));
    }

    /** The bound as a scalar; empty where there is none. */
    private static Optional<EdgeValue> bound(
            OnnxNode node, LoweringContext context, int input, String attribute, float none) {
        if (context.opset() < BOUNDS_ARE_INPUTS) {
            TensorType type = ElementTypes.computed(context.facts(node, 0).type());
            return node.number(attribute)
                    .filter(number -> Math.abs(number) < Float.MAX_VALUE)
                    .map(number -> EdgeValue.scalar(type, number));
        }
        return node.input(input)
                .map(name -> scalar(context.kernels(node), Unsigned.ordered(node, context, input)))
                .filter(value -> number(Optional.of(value), 0) != none);
    }

    /** Bounds may also be vectors of one element, which must add no axis to a scalar. */
    private static EdgeValue scalar(Kernels kernels, EdgeValue bound) {
        return kernels.reshape(bound, List.of());
    }

    /** The bound's number if it is known; NaN, which is like no other number, if not. */
    private static float number(Optional<EdgeValue> bound, float none) {
        if (bound.isEmpty()) {
            return none;
        }
        EdgeValue value = bound.get();
        return value.isConstant() && value.type() == TensorType.FLOAT32 ? value.floats()[0] : Float.NaN;
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
}
