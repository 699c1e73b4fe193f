package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** AffineGrid: a plain grid of places, each with a 1 behind, times the transposed matrices. */
final class AffineGridLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Lengths lengths = new Lengths(kernels);
        EdgeValue matrices = context.input(node, 0);
        int space = matrices.shape().get(1);
        boolean alignsCorners = node.integer("align_corners").orElse(0L) != 0;
        List<Length> sizes = sizes(node, context, space);
        List<EdgeValue> columns = new ArrayList<>();
        for (int axis = space - 1; axis >= 0; axis--) {
            columns.add(column(kernels, sizes, axis, alignsCorners));
        }
        columns.add(kernels.add(kernels.multiply(columns.get(0), 0), 1));
        EdgeValue grid = kernels.unsqueeze(kernels.pack(columns, 1), List.of(0));
        EdgeValue moved = kernels.multiplyMatrices(grid, matrices, false, true);
        context.define(node, lengths.split(moved, 1, sizes));
    }

    private static List<Length> sizes(OnnxNode node, LoweringContext context, int space) {
        Kernels kernels = context.kernels(node);
        Optional<OnnxTensor> known = context.known(node, 1);
        List<Length> sizes = new ArrayList<>();
        for (int axis = 2; axis < space + 2; axis++) {
            if (known.isPresent()) {
                sizes.add(Length.fixed(Math.toIntExact(known.get().longs()[axis])));
            } else {
                EdgeValue size = kernels.slice(context.input(node, 1), 0, axis, 1);
                EdgeValue scalar = kernels.reshape(size, List.<Length>of());
                sizes.add(new Length.Computed(kernels.cast(scalar, TensorType.INT32)));
            }
        }
        return sizes;
    }

    /** Where every element of the grid lies along one axis, from -1 to 1, as a vector. */
    private static EdgeValue column(Kernels kernels, List<Length> sizes, int axis, boolean alignsCorners) {
        Numbers numbers = new Numbers(kernels);
        EdgeValue index = numbers.places(sizes.get(axis));
        EdgeValue length = numbers.length(sizes.get(axis));
        EdgeValue steps = alignsCorners ? kernels.maximum(kernels.add(length, -1), Numbers.number(1)) : length;
        EdgeValue twice = kernels.multiply(alignsCorners ? index : kernels.add(index, 0.5), 2);
        EdgeValue places = kernels.add(kernels.divide(twice, steps), -1);
        List<Length> along = new ArrayList<>(Collections.nCopies(sizes.size(), Length.fixed(1)));
        along.set(axis, sizes.get(axis));
        EdgeValue whole = kernels.add(
                BuiltinOperator.BROADCAST_TO,
                new OperatorOptions.None(),
                List.of(kernels.reshape(places, along), kernels.lengths(sizes)),
                TensorType.FLOAT32,
                Kernels.known(sizes));
        return new Lengths(kernels).merged(whole, 0, sizes.size());
    }
}
