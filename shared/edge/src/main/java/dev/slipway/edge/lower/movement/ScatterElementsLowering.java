package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** Scatter and ScatterElements: single elements, written into the flattened value. */
final class ScatterElementsLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = Moved.wide(node, 0, context);
        EdgeValue updates = Moved.wide(node, 2, context);
        int axis = context.axis(node.integer("axis").orElse(0L), value.rank());
        EdgeValue indices = new Indices(kernels).fromStart(context.held(node, 1), Length.of(value, axis));
        List<Length> lengths = LengthArithmetic.of(value);
        List<Length> column = List.of(new LengthArithmetic(kernels).product(lengths), Length.fixed(1));
        EdgeValue rows = kernels.reshape(updates, List.of(Length.fixed(-1), Length.fixed(1)));
        ScatteredRows scattered = new ScatteredRows(
                node,
                context,
                kernels.reshape(value, column),
                new FlatPlaces(kernels).ofElements(indices, axis, lengths),
                rows);
        EdgeValue result = scattered.reduced(node.text("reduction").orElse("none"));
        Moved.define(node, context, kernels.reshape(result, lengths));
    }
}
