package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** NonZero: WHERE, with places as columns. */
final class NonZeroLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = context.input(node, 0);
        EdgeValue vector = value.rank() == 0 ? kernels.reshape(value, List.of(Length.fixed(1))) : value;
        Places places = new Places(kernels);
        EdgeValue rows = places.of(places.nonZero(vector));
        context.define(node, kernels.transpose(rows, Permutation.of(1, 0)));
    }
}
