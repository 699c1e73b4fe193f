package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeValue;
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
                Reductions.reduce(
                        node,
                        context,
                        operator,
                        input,
                        IntStream.range(2, input.rank()).boxed().toList()));
    }
}
