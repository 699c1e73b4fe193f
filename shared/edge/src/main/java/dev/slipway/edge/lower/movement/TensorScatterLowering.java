package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import java.util.List;

/** TensorScatter: a stretch of a cache is replaced, at a place of its own for each sample of the batch. */
final class TensorScatterLowering implements Lowering {
    private static final long DEFAULT_AXIS = -2;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        LengthArithmetic arithmetic = new LengthArithmetic(kernels);
        EdgeValue cache = Moved.wide(node, 0, context);
        EdgeValue update = Moved.wide(node, 1, context);
        int axis = context.axis(node.integer("axis").orElse(DEFAULT_AXIS), cache.rank());
        List<Length> lengths = LengthArithmetic.of(cache);
        Length between = arithmetic.product(lengths.subList(1, axis));
        Length width = arithmetic.product(lengths.subList(axis + 1, lengths.size()));
        // Rows of the cache: batch by whatever is between, by places in the sequence.
        Length blocks = arithmetic.product(List.of(lengths.get(0), between));
        EdgeValue within = within(node, context, update, axis);
        EdgeValue starts = kernels.multiply(arithmetic.range(blocks), kernels.length(lengths.get(axis)));
        EdgeValue places = kernels.add(
                kernels.reshape(starts, List.of(lengths.get(0), between, Length.fixed(1))),
                kernels.unsqueeze(within, List.of(1)));
        EdgeValue result = new ScatteredRows(
                        node,
                        context,
                        kernels.reshape(cache, List.of(arithmetic.product(List.of(blocks, lengths.get(axis))), width)),
                        kernels.reshape(places, List.of(Length.fixed(-1))),
                        kernels.reshape(
                                update,
                                List.of(
                                        arithmetic.product(
                                                List.of(Length.of(update, 0), between, Length.of(update, axis))),
                                        width)))
                .reduced("none");
        Moved.define(node, context, kernels.reshape(result, lengths));
    }

    /** For each sample (or one for all), the places in the sequence that are replaced. */
    private static EdgeValue within(OnnxNode node, LoweringContext context, EdgeValue update, int axis) {
        Kernels kernels = context.kernels(node);
        EdgeValue steps = kernels.unsqueeze(new LengthArithmetic(kernels).range(Length.of(update, axis)), List.of(0));
        if (node.input(2).isEmpty()) {
            return steps;
        }
        EdgeValue begins = new Indices(kernels).saturated(context.held(node, 2));
        EdgeValue places = kernels.add(kernels.unsqueeze(begins, List.of(1)), steps);
        boolean circular = node.text("mode").orElse("linear").equals("circular");
        return circular
                ? kernels.binary(
                        BuiltinOperator.FLOOR_MOD, places, kernels.length(Length.of(context.held(node, 0), axis)))
                : places;
    }
}
