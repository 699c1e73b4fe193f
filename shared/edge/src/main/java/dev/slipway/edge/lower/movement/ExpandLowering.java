package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Expand: BROADCAST_TO what the value and the shape broadcast to. */
final class ExpandLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = context.held(node, 0);
        List<Integer> shape = context.outputShape(node);
        if (shape.contains(0) && Shapes.isFixed(shape)) {
            context.define(node, EdgeValue.constant("empty", value.type(), shape, java.nio.ByteBuffer.allocate(0)));
            return;
        }
        context.define(node, kernels.broadcastTo(value, lengths(node, context, value, shape), shape));
    }

    private static EdgeValue lengths(OnnxNode node, LoweringContext context, EdgeValue value, List<Integer> shape) {
        Kernels kernels = context.kernels(node);
        if (Shapes.isFixed(shape)) {
            return EdgeValue.integers("shape", shape);
        }
        Optional<OnnxTensor> constant = context.known(node, 1);
        if (constant.isEmpty()) {
            EdgeValue wanted = kernels.cast(context.held(node, 1), TensorType.INT32);
            return kernels.add(
                    BuiltinOperator.BROADCAST_ARGS,
                    new OperatorOptions.None(),
                    List.of(kernels.shape(value), wanted),
                    TensorType.INT32,
                    List.of(shape.size()));
        }
        long[] wanted = constant.get().longs();
        List<Length> lengths = new ArrayList<>();
        for (int axis = 0; axis < shape.size(); axis++) {
            int own = axis - (shape.size() - value.rank());
            int asked = axis - (shape.size() - wanted.length);
            boolean kept = asked < 0 || wanted[asked] == 1;
            lengths.add(kept ? Length.of(value, own) : Length.fixed(Math.toIntExact(wanted[asked])));
        }
        return kernels.lengths(lengths);
    }
}
