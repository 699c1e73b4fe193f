package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;

/**
 * RoiAlign over images: a grid of samples in every bin of every region, each the mean or the greatest of the weighted
 * elements around it.
 */
final class RoiAlignLowering implements Lowering {
    /** Beyond, coordinates leave the range of integers, which the runtime does not see. */
    private static final double LARGEST_SCALE = 1e4;

    private static final int FIRST_WITH_MODES = 16;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Lengths lengths = new Lengths(kernels);
        EdgeValue input = context.input(node, 0);
        EdgeValue regions = context.input(node, 1);
        EdgeValue batches = kernels.cast(context.input(node, 2), TensorType.INT32);
        boolean maximum = node.text("mode").orElse("avg").equals("max");
        Length height = Length.of(input, 2);
        Length width = Length.of(input, 3);
        EdgeValue images = lengths.merged(kernels.transpose(input, Permutation.toChannelsLast(4)), 0, 3);

        RegionAxis rows = axis(node, context, regions, 1, height, "output_height");
        RegionAxis columns = axis(node, context, regions, 0, width, "output_width");
        EdgeValue first = kernels.reshape(
                kernels.multiply(batches, kernels.length(lengths.times(height, width))),
                List.of(Length.of(regions, 0), Length.fixed(1), Length.fixed(1)));
        EdgeValue result = null;
        for (Sampler.Tap row : rows.taps()) {
            EdgeValue line = kernels.add(
                    kernels.multiply(kernels.unsqueeze(integers(kernels, row), List.of(2)), kernels.length(width)),
                    first);
            for (Sampler.Tap column : columns.taps()) {
                EdgeValue index = kernels.add(line, kernels.unsqueeze(integers(kernels, column), List.of(1)));
                EdgeValue weight = kernels.multiply(
                        kernels.unsqueeze(row.weight().orElseThrow(), List.of(2)),
                        kernels.unsqueeze(column.weight().orElseThrow(), List.of(1)));
                EdgeValue part =
                        kernels.multiply(kernels.gather(images, index, 0), kernels.unsqueeze(weight, List.of(3)));
                if (result == null) {
                    result = part;
                } else {
                    result = maximum ? kernels.maximum(result, part) : kernels.add(result, part);
                }
            }
        }
        EdgeValue pooled = pooled(kernels, result, rows, columns, maximum);
        context.define(node, kernels.transpose(pooled, Permutation.toChannelsFirst(4)));
    }

    private static RegionAxis axis(
            OnnxNode node, LoweringContext context, EdgeValue regions, int corner, Length length, String bins) {
        Kernels kernels = context.kernels(node);
        boolean halfPixel = context.opset() >= FIRST_WITH_MODES
                && node.text("coordinate_transformation_mode")
                        .orElse("half_pixel")
                        .equals("half_pixel");
        double scale = node.number("spatial_scale").orElse(1f);
        if (!(scale > 0 && scale <= LARGEST_SCALE)) {
            throw context.refusal("scale", "its spatial_scale is " + scale);
        }
        EdgeValue begin = kernels.multiply(kernels.slice(regions, 1, corner, 1), scale);
        EdgeValue end = kernels.multiply(kernels.slice(regions, 1, corner + 2, 1), scale);
        EdgeValue size = kernels.subtract(end, begin);
        return new RegionAxis(
                kernels,
                halfPixel ? kernels.add(begin, -0.5) : begin,
                halfPixel ? size : kernels.maximum(size, Numbers.number(1)),
                length,
                Math.toIntExact(node.integer(bins).orElse(1L)),
                Math.toIntExact(node.integer("sampling_ratio").orElse(0L)));
    }

    private static EdgeValue integers(Kernels kernels, Sampler.Tap tap) {
        return kernels.cast(tap.index(), TensorType.INT32);
    }

    /** From (regions, rows · samples, columns · samples, channels) to (regions, rows, columns, channels). */
    private static EdgeValue pooled(
            Kernels kernels, EdgeValue samples, RegionAxis rows, RegionAxis columns, boolean maximum) {
        EdgeValue result = samples;
        for (int axis = 1; axis <= 2; axis++) {
            RegionAxis along = axis == 1 ? rows : columns;
            List<Length> all = Lengths.of(result);
            Lengths lengths = new Lengths(kernels);
            Length before = lengths.times(lengths.product(all.subList(0, axis)), along.bins());
            Length behind = lengths.product(all.subList(axis + 1, 4));
            EdgeValue values = result;
            if (maximum && along.isAdaptive()) {
                EdgeValue lowest = Numbers.number(Double.NEGATIVE_INFINITY);
                values = kernels.select(along.counts(axis), values, lowest);
            }
            EdgeValue apart = kernels.reshape(values, List.of(before, along.samples(), behind));
            EdgeValue reduced =
                    kernels.reduce(maximum ? BuiltinOperator.REDUCE_MAX : BuiltinOperator.SUM, apart, List.of(1), true);
            List<Length> shape = new java.util.ArrayList<>(all);
            shape.set(axis, Length.fixed(along.bins()));
            result = kernels.reshape(reduced, shape);
            if (!maximum) {
                result = kernels.divide(result, along.divisor());
            }
        }
        return result;
    }
}
