package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** SpaceToDepth: SPACE_TO_DEPTH. */
final class SpaceToDepthLowering implements Lowering {
    private static final int RANK = 4;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = Moved.wide(node, 0, context);
        int block = Math.toIntExact(
                node.integer("blocksize").orElseThrow(() -> context.refusal("attribute", "it names no block size")));
        EdgeValue image = kernels.transpose(value, Permutation.toChannelsLast(RANK));
        EdgeValue gathered = kernels.add(
                BuiltinOperator.SPACE_TO_DEPTH,
                new OperatorOptions.SpaceToDepth(block),
                List.of(image),
                image.type(),
                Permutation.toChannelsLast(RANK).apply(context.outputShape(node)));
        Moved.define(node, context, kernels.transpose(gathered, Permutation.toChannelsFirst(RANK)));
    }
}
