package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import java.util.stream.IntStream;

/** Pooling over all positions is a reduction of all axes behind batch and channels. */
record GlobalPoolLowering(BuiltinOperator operator) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = context.input(node, 0);
        context.define(
                node,
                context.kernels(node)
                        .reduce(
                                operator,
                                input,
                                IntStream.range(2, input.rank()).boxed().toList(),
                                true));
    }
}
