package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.List;

/** DepthToSpace: DEPTH_TO_SPACE, which reads channels as mode DCR does; for CRD they are put in that order. */
final class DepthToSpaceLowering implements Lowering {
    private static final int RANK = 4;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = Moved.wide(node, 0, context);
        int block = Math.toIntExact(
                node.integer("blocksize").orElseThrow(() -> context.refusal("attribute", "it names no block size")));
        EdgeValue image = kernels.transpose(value, Permutation.toChannelsLast(RANK));
        List<Integer> shape = image.shape();
        int depth = shape.get(RANK - 1) / (block * block);
        if (node.text("mode").orElse("DCR").equals("CRD") && depth > 1) {
            image = kernels.gather(image, EdgeValue.integers("channels", order(depth, block * block)), RANK - 1);
        }
        EdgeValue spread = kernels.add(
                BuiltinOperator.DEPTH_TO_SPACE,
                new OperatorOptions.DepthToSpace(block),
                List.of(image),
                image.type(),
                List.of(shape.get(0), scaled(shape.get(1), block), scaled(shape.get(2), block), depth));
        Moved.define(node, context, kernels.transpose(spread, Permutation.toChannelsFirst(RANK)));
    }

    private static List<Integer> order(int depth, int places) {
        List<Integer> order = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            for (int channel = 0; channel < depth; channel++) {
                order.add(channel * places + place);
            }
        }
        return order;
    }

    private static int scaled(int length, int block) {
        return length == -1 ? -1 : length * block;
    }
}
