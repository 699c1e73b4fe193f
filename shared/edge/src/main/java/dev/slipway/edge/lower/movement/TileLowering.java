package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Tile. */
final class TileLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = Moved.wide(node, 0, context);
        EdgeValue repeats = kernels.cast(context.held(node, 1), TensorType.INT32);
        boolean once = repeats.isConstant() && repeats.integers().stream().allMatch(times -> times == 1);
        Moved.define(
                node,
                context,
                once
                        ? value
                        : kernels.add(
                                BuiltinOperator.TILE,
                                new OperatorOptions.None(),
                                List.of(value, repeats),
                                value.type(),
                                context.outputShape(node)));
    }
}
