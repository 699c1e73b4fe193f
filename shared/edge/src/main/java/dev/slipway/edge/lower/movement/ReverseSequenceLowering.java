package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** ReverseSequence. */
final class ReverseSequenceLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue value = Moved.wide(node, 0, context);
        int time = Math.toIntExact(node.integer("time_axis").orElse(0L));
        int batch = Math.toIntExact(node.integer("batch_axis").orElse(1L));
        EdgeValue reversed = context.kernels(node)
                .add(
                        BuiltinOperator.REVERSE_SEQUENCE,
                        new OperatorOptions.ReverseSequence(time, batch),
                        List.of(value, context.input(node, 1)),
                        value.type(),
                        value.shape());
        Moved.define(node, context, reversed);
    }
}
