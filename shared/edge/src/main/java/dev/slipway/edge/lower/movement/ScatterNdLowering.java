package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** ScatterND: whole slices, written into the value as a table of them. */
final class ScatterNdLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = Moved.wide(node, 0, context);
        EdgeValue updates = Moved.wide(node, 2, context);
        EdgeValue given = context.held(node, 1);
        int depth = given.shape().get(given.rank() - 1);
        if (depth == -1) {
            throw context.refusal("several-open-lengths", "how many axes its indices name is not known");
        }
        List<Length> lengths = LengthArithmetic.of(value);
        List<Length> named = lengths.subList(0, depth);
        LengthArithmetic arithmetic = new LengthArithmetic(kernels);
        Length width = arithmetic.product(lengths.subList(depth, lengths.size()));
        FlatPlaces places = new FlatPlaces(kernels);
        EdgeValue flat = places.flat(places.fromStart(given, named), named);
        EdgeValue result = new ScatteredRows(
                        node,
                        context,
                        kernels.reshape(value, List.of(arithmetic.product(named), width)),
                        kernels.reshape(flat, List.of(Length.fixed(-1))),
                        kernels.reshape(updates, List.of(rows(arithmetic, given), width)))
                .reduced(node.text("reduction").orElse("none"));
        Moved.define(node, context, kernels.reshape(result, lengths));
    }

    private static Length rows(LengthArithmetic arithmetic, EdgeValue indices) {
        return arithmetic.product(LengthArithmetic.of(indices).subList(0, indices.rank() - 1));
    }
}
