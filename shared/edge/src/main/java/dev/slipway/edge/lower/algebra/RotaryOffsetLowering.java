package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** ONNX Runtime's RotaryEmbedding, whose positions are given one by one or by where they begin. */
final class RotaryOffsetLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        float scale = node.number("scale").orElse(1f);
        if (scale != 1 || node.integer("is_packed_batching").orElse(0L) != 0) {
            throw context.refusal("attribute", "it scales, or its batch is packed");
        }
        EdgeValue cosines = context.input(node, 2);
        boolean headsInside = input.rank() == 3;
        EdgeValue value = headsInside ? Heads.split(kernels, input, heads(node, context, input, cosines)) : input;
        EdgeValue positions = context.input(node, 1);
        if (positions.rank() == 1) {
            EdgeValue numbers = Counting.upTo(kernels, Length.of(value, headsInside ? 1 : 2));
            EdgeValue first = kernels.cast(positions, TensorType.INT32);
            positions = kernels.unsqueeze(kernels.add(numbers, first), List.of(0));
        }
        List<Integer> headAxis = List.of(headsInside ? 2 : 1);
        RotaryPosition rotary =
                new RotaryPosition(kernels, node.integer("interleaved").orElse(0L) != 0);
        EdgeValue result = rotary.apply(
                value,
                kernels.unsqueeze(kernels.gather(cosines, positions, 0), headAxis),
                kernels.unsqueeze(kernels.gather(context.input(node, 3), positions, 0), headAxis),
                2 * cosines.shape().get(1));
        context.define(node, kernels.reshape(result, Grouping.lengths(input, 0, input.rank())));
    }

    private static int heads(OnnxNode node, LoweringContext context, EdgeValue input, EdgeValue cosines) {
        long given = node.integer("num_heads").orElse(0L);
        int hidden = input.shape().get(2);
        int half = cosines.shape().get(1);
        if (given > 0) {
            return Math.toIntExact(given);
        } else if (hidden < 1
                || half < 1
                || node.integer("rotary_embedding_dim").orElse(0L) != 0) {
            throw context.refusal("attribute", "it does not say its num_heads");
        }
        return hidden / (2 * half);
    }
}
