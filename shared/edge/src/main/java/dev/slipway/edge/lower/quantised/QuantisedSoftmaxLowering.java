package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * QLinearSoftmax: exponentials of what the differences from the greatest value mean, over their sum. Before version 13 of
 * Softmax all axes from the given one on are summed over.
 */
final class QuantisedSoftmaxLowering implements Lowering {
    private static final long ONE_AXIS = 13;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Parameters parameters = new Parameters(node, context);
        EdgeValue scale = parameters.scalar(3);
        if (!scale.isConstant()) {
            throw context.refusal("not-constant", "the scale of its result must be constant");
        }
        EdgeValue value = context.floats(node, 0);
        boolean oneAxis = node.integer("opset").orElse(ONE_AXIS) >= ONE_AXIS;
        int axis = context.axis(node.integer("axis").orElse(oneAxis ? -1L : 1L), value.rank());
        List<Integer> axes =
                IntStream.range(axis, oneAxis ? axis + 1 : value.rank()).boxed().toList();
        EdgeValue greatest = kernels.reduce(BuiltinOperator.REDUCE_MAX, value, axes, true);
        EdgeValue powers = kernels.unary(
                BuiltinOperator.EXP, kernels.multiply(kernels.subtract(value, greatest), parameters.scalar(1)));
        EdgeValue sum = kernels.reduce(BuiltinOperator.SUM, powers, axes, true);
        // ONNX Runtime counts whole steps only.
        double steps = Math.floor(1f / scale.floats()[0]);
        EdgeValue scaled = kernels.multiply(powers, EdgeValue.scalar(TensorType.FLOAT32, steps));
        QuantisedFunctionLowering.define(node, context, kernels.divide(scaled, sum), parameters.scalar(4));
    }
}
