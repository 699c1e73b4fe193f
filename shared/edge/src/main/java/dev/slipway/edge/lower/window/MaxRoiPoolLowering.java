package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;

/** MaxRoiPool over images: the maximum of each bin of each region, of which what lies outside is masked. */
final class MaxRoiPoolLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        EdgeValue regions = context.input(node, 1);
        List<Long> bins = node.integers("pooled_shape").orElse(List.of());
        EdgeValue batches = kernels.squeeze(kernels.slice(regions, 1, 0, 1), List.of(1));
        EdgeValue images = kernels.gather(input, kernels.cast(batches, TensorType.INT32), 0);
        double scale = node.number("spatial_scale").orElse(1f);
        EdgeValue rows = along(kernels, images, regions, 2, Math.toIntExact(bins.get(0)), scale);
        EdgeValue result = along(kernels, rows, regions, 3, Math.toIntExact(bins.get(1)), scale);
        // An empty bin is 0.
        EdgeValue empty = kernels.compare(BuiltinOperator.EQUAL, result, Numbers.number(Double.NEGATIVE_INFINITY));
        context.define(node, kernels.select(empty, Numbers.number(0), result));
    }

    private static EdgeValue along(
            Kernels kernels, EdgeValue images, EdgeValue regions, int axis, int bins, double scale) {
        Numbers numbers = new Numbers(kernels);
        int corner = axis == 2 ? 2 : 1;
        EdgeValue begin = rounded(kernels, kernels.multiply(kernels.slice(regions, 1, corner, 1), scale));
        EdgeValue end = rounded(kernels, kernels.multiply(kernels.slice(regions, 1, corner + 2, 1), scale));
        EdgeValue size = kernels.maximum(kernels.add(kernels.subtract(end, begin), 1), Numbers.number(1));
        EdgeValue bin = kernels.divide(size, Numbers.number(bins));
        EdgeValue places = kernels.unsqueeze(numbers.places(Length.of(images, axis)), List.of(0));
        List<EdgeValue> maxima = new ArrayList<>();
        for (int i = 0; i < bins; i++) {
            EdgeValue first = kernels.add(numbers.floor(kernels.multiply(bin, i)), begin);
            EdgeValue behind = kernels.add(kernels.unary(BuiltinOperator.CEIL, kernels.multiply(bin, i + 1)), begin);
            EdgeValue inside = kernels.binary(
                    BuiltinOperator.LOGICAL_AND,
                    kernels.compare(BuiltinOperator.GREATER_EQUAL, places, first),
                    kernels.compare(BuiltinOperator.LESS, places, behind));
            EdgeValue mask = kernels.unsqueeze(inside, axis == 2 ? List.of(1, 3) : List.of(1, 2));
            EdgeValue masked = kernels.select(mask, images, Numbers.number(Double.NEGATIVE_INFINITY));
            maxima.add(kernels.reduce(BuiltinOperator.REDUCE_MAX, masked, List.of(axis), true));
        }
        return kernels.concatenate(maxima, axis);
    }

    /** Half away from zero. */
    private static EdgeValue rounded(Kernels kernels, EdgeValue value) {
        EdgeValue magnitude =
                kernels.unary(BuiltinOperator.FLOOR, kernels.add(kernels.unary(BuiltinOperator.ABS, value), 0.5));
        return kernels.multiply(magnitude, kernels.unary(BuiltinOperator.SIGN, value));
    }
}
