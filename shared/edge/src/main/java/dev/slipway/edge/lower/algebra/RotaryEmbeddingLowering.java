package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Optional;

/** RotaryEmbedding of (batch, heads, positions, size) or, with heads side by side, (batch, positions, heads · size). */
final class RotaryEmbeddingLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        Optional<EdgeValue> positions = node.input(3).map(name -> context.input(node, 3));
        EdgeValue cosines = angles(kernels, context.input(node, 1), positions);
        EdgeValue sines = angles(kernels, context.input(node, 2), positions);
        int dimension = 2 * cosines.shape().get(2);
        boolean interleaved = node.integer("interleaved").orElse(0L) != 0;
        RotaryPosition rotary = new RotaryPosition(kernels, interleaved);
        boolean headsInside = input.rank() == 3;
        EdgeValue value = headsInside ? split(node, context, input) : input;
        List<Integer> headAxis = List.of(headsInside ? 2 : 1);
        EdgeValue result = rotary.apply(
                value, kernels.unsqueeze(cosines, headAxis), kernels.unsqueeze(sines, headAxis), dimension);
        context.define(node, kernels.reshape(result, Grouping.lengths(input, 0, input.rank())));
    }

    private static EdgeValue split(OnnxNode node, LoweringContext context, EdgeValue input) {
        long heads = node.integer("num_heads").orElse(0L);
        if (heads <= 0) {
            throw context.refusal("attribute", "its input of rank 3 needs num_heads");
        }
        return Heads.split(context.kernels(node), input, Math.toIntExact(heads));
    }

    /** Those of each position: (batch, positions, half the dimension). */
    private static EdgeValue angles(Kernels kernels, EdgeValue cache, Optional<EdgeValue> positions) {
        return positions.map(places -> kernels.gather(cache, places, 0)).orElse(cache);
    }
}
