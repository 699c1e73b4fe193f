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
import java.util.List;
import java.util.Optional;

/** MaxUnpool: puts each value where the maximum stood, with zeros everywhere else. */
final class MaxUnpoolLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Lengths lengths = new Lengths(kernels);
        EdgeValue values = context.input(node, 0);
        List<Length> shape = shape(node, context, values);
        Length all = lengths.product(Lengths.of(values));
        EdgeValue places =
                kernels.reshape(kernels.cast(context.input(node, 1), TensorType.INT32), List.of(all, Length.fixed(1)));
        EdgeValue flat = kernels.reshape(values, List.of(all));
        EdgeValue size = kernels.lengths(List.of(lengths.product(shape)));
        EdgeValue result = scattered(kernels, places, flat, size);
        if (overlaps(node)) {
            // SCATTER_ND adds what falls on one place, which is the same maximum several times.
            EdgeValue ones = kernels.add(kernels.multiply(flat, 0), 1);
            EdgeValue counts = scattered(kernels, places, ones, size);
            result = kernels.divide(result, kernels.maximum(counts, Numbers.number(1)));
        }
        context.define(node, kernels.reshape(result, shape));
    }

    private static boolean overlaps(OnnxNode node) {
        List<Integer> kernel = AveragePoolLowering.kernel(node);
        for (int i = 0; i < kernel.size(); i++) {
            if (kernel.get(i) > Window.attribute(node, "strides", i)) {
                return true;
            }
        }
        return false;
    }

    private static EdgeValue scattered(Kernels kernels, EdgeValue places, EdgeValue values, EdgeValue size) {
        List<Integer> shape = size.isConstant() ? size.integers() : List.of(-1);
        return kernels.add(
                BuiltinOperator.SCATTER_ND,
                new OperatorOptions.None(),
                List.of(places, values, size),
                values.type(),
                shape);
    }

    private static List<Length> shape(OnnxNode node, LoweringContext context, EdgeValue values) {
        Kernels kernels = context.kernels(node);
        Lengths lengths = new Lengths(kernels);
        List<Length> shape = new ArrayList<>();
        Optional<OnnxTensor> known = context.known(node, 2);
        for (int axis = 0; axis < values.rank(); axis++) {
            Length length = Length.of(values, axis);
            if (known.isPresent()) {
                shape.add(Length.fixed(Math.toIntExact(known.get().longs()[axis])));
            } else if (node.input(2).isPresent()) {
                EdgeValue size = kernels.slice(context.input(node, 2), 0, axis, 1);
                shape.add(
                        new Length.Computed(kernels.cast(kernels.reshape(size, List.<Length>of()), TensorType.INT32)));
            } else if (axis < 2) {
                shape.add(length);
            } else {
                int kernel = AveragePoolLowering.kernel(node).get(axis - 2);
                List<Integer> pads = Window.statedPads(node, axis - 2);
                Length begins = lengths.times(lengths.plus(length, -1), Window.attribute(node, "strides", axis - 2));
                shape.add(lengths.plus(begins, kernel - pads.get(0) - pads.get(1)));
            }
        }
        return shape;
    }
}
