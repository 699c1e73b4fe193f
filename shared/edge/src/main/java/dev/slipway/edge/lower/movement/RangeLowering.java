package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Range: RANGE; of floats a range of integers, scaled, because RANGE adds up rounding errors. */
final class RangeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue start = scalar(node, context, 0);
        EdgeValue limit = scalar(node, context, 1);
        EdgeValue delta = scalar(node, context, 2);
        int known = context.outputShape(node).get(0);
        if (start.type() == TensorType.FLOAT32) {
            EdgeValue steps = kernels.divide(kernels.subtract(limit, start), delta);
            EdgeValue count = kernels.cast(kernels.unary(BuiltinOperator.CEIL, steps), TensorType.INT32);
            EdgeValue zero = EdgeValue.scalar(TensorType.INT32, 0);
            EdgeValue numbers = kernels.add(
                    BuiltinOperator.RANGE,
                    new OperatorOptions.None(),
                    List.of(zero, kernels.maximum(count, zero), step(kernels, delta)),
                    TensorType.INT32,
                    List.of(known));
            EdgeValue scaled = kernels.multiply(kernels.cast(numbers, TensorType.FLOAT32), delta);
            context.define(node, kernels.add(scaled, start));
            return;
        }
        EdgeValue range = kernels.add(
                BuiltinOperator.RANGE,
                new OperatorOptions.None(),
                List.of(start, reachable(kernels, start, limit, delta), delta),
                start.type(),
                List.of(known));
        context.define(node, range);
    }

    /** 1, or where {@code delta} is 0, so that there is no end, 0, which RANGE refuses. */
    private static EdgeValue step(Kernels kernels, EdgeValue delta) {
        if (delta.isConstant()) {
            return EdgeValue.scalar(TensorType.INT32, 1);
        }
        EdgeValue moves = kernels.compare(BuiltinOperator.NOT_EQUAL, delta, EdgeValue.scalar(delta.type(), 0));
        return kernels.cast(moves, TensorType.INT32);
    }

    /** RANGE fails, where Range is empty, if the limit is on the other side. */
    private static EdgeValue reachable(Kernels kernels, EdgeValue start, EdgeValue limit, EdgeValue delta) {
        if (delta.isConstant()) {
            boolean up = delta.cast(TensorType.INT32).integers().get(0) > 0;
            return start.isConstant() && limit.isConstant()
                    ? limit
                    : up ? kernels.maximum(limit, start) : kernels.minimum(limit, start);
        }
        EdgeValue up = kernels.compare(BuiltinOperator.GREATER, delta, EdgeValue.scalar(delta.type(), 0));
        return kernels.select(up, kernels.maximum(limit, start), kernels.minimum(limit, start));
    }

    private static EdgeValue scalar(OnnxNode node, LoweringContext context, int input) {
        return context.kernels(node).reshape(context.input(node, input), List.<Length>of());
    }
}
