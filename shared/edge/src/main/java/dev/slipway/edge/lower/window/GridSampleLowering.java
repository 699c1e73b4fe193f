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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GridSample: the elements around each place of the grid are gathered and added with their weights. */
final class GridSampleLowering implements Lowering {
    private static final double CUBIC = -0.75;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        // There ONNX Runtime moves places near the border or not depending on all axes together.
        if (node.text("mode").orElse("linear").endsWith("cubic")
                && node.text("padding_mode").orElse("zeros").equals("border")
                && node.integer("align_corners").orElse(0L) == 0) {
            throw context.refusal("mode", "cubic with the border repeated is converted only with align_corners");
        }
        Kernels kernels = context.kernels(node);
        Lengths lengths = new Lengths(kernels);
        EdgeValue input = kernels.cast(context.input(node, 0), TensorType.FLOAT32);
        EdgeValue grid = kernels.cast(context.input(node, 1), TensorType.FLOAT32);
        int space = input.rank() - 2;
        Permutation toLast = Permutation.toChannelsLast(input.rank());
        EdgeValue image = kernels.transpose(input, toLast);
        List<Length> sizes = Lengths.of(input).subList(2, input.rank());
        EdgeValue points = lengths.merged(grid, 1, grid.rank() - 1);
        List<List<Sampler.Tap>> taps = new ArrayList<>();
        for (int axis = 0; axis < space; axis++) {
            // The grid's last axis counts the axes of space backwards.
            EdgeValue place = kernels.squeeze(kernels.slice(points, 2, space - 1 - axis, 1), List.of(2));
            taps.add(new Border(node, kernels, sizes.get(axis)).taps(place));
        }
        EdgeValue sampled = new Sampler(kernels).sum(lengths.merged(image, 1, image.rank() - 1), taps, sizes);
        EdgeValue shaped = lengths.split(sampled, 1, Lengths.of(grid).subList(1, grid.rank() - 1));
        EdgeValue result = kernels.transpose(shaped, toLast.inverse());
        context.define(node, kernels.cast(result, context.input(node, 0).type()));
    }

    /** What one axis of the node's input gives for places on it. */
    private static final class Border {
        private final Kernels kernels;
        private final Numbers numbers;
        private final boolean alignsCorners;
        private final String mode;
        private final String padding;
        private final EdgeValue length;
        private final EdgeValue last;

        Border(OnnxNode node, Kernels kernels, Length length) {
            this.kernels = kernels;
            this.numbers = new Numbers(kernels);
            this.alignsCorners = node.integer("align_corners").orElse(0L) != 0;
            this.mode = node.text("mode").orElse("linear");
            this.padding = node.text("padding_mode").orElse("zeros");
            this.length = numbers.length(length);
            this.last = kernels.add(this.length, -1);
        }

        /** For places from -1 to 1. */
        List<Sampler.Tap> taps(EdgeValue place) {
            EdgeValue moved = kernels.add(place, 1);
            EdgeValue exact = alignsCorners
                    ? kernels.multiply(kernels.multiply(moved, 0.5), last)
                    : kernels.multiply(kernels.add(kernels.multiply(moved, length), -1), 0.5);
            if (mode.equals("nearest")) {
                return List.of(tap(bounded(kernels.unary(BuiltinOperator.ROUND, exact)), Optional.empty()));
            }
            EdgeValue bounded = bounded(exact);
            EdgeValue floor = numbers.floor(bounded);
            EdgeValue part = kernels.subtract(bounded, floor);
            EdgeValue rest = kernels.subtract(Numbers.number(1), part);
            if (mode.endsWith("cubic")) {
                return List.of(
                        tap(kernels.add(floor, -1), Optional.of(far(kernels.add(part, 1)))),
                        tap(floor, Optional.of(near(part))),
                        tap(kernels.add(floor, 1), Optional.of(near(rest))),
                        tap(kernels.add(floor, 2), Optional.of(far(kernels.add(rest, 1)))));
            }
            return List.of(tap(floor, Optional.of(rest)), tap(kernels.add(floor, 1), Optional.of(part)));
        }

        private EdgeValue bounded(EdgeValue place) {
            return switch (padding) {
                case "border" -> numbers.clamped(place, last);
                case "reflection" -> reflected(place);
                default -> place;
            };
        }

        private Sampler.Tap tap(EdgeValue index, Optional<EdgeValue> weight) {
            EdgeValue found = padding.equals("reflection") && mode.endsWith("cubic") ? reflected(index) : index;
            EdgeValue inside = numbers.clamped(found, last);
            if (!padding.equals("zeros")) {
                return new Sampler.Tap(inside, weight);
            }
            EdgeValue counts = numbers.inside(index, last);
            return new Sampler.Tap(
                    inside,
                    Optional.of(
                            weight.map(given -> kernels.multiply(given, counts)).orElse(counts)));
        }

        /** Thrown back at both ends as often as it takes: a triangular wave. */
        private EdgeValue reflected(EdgeValue place) {
            double begin = alignsCorners ? 0 : -0.5;
            // An axis of length 1 has no width to be thrown back in; any width will do.
            EdgeValue width = kernels.maximum(alignsCorners ? last : length, Numbers.number(alignsCorners ? 1e-30 : 1));
            EdgeValue moved = kernels.add(place, -begin);
            EdgeValue twice = kernels.multiply(width, 2);
            EdgeValue turns = numbers.floor(kernels.divide(moved, twice));
            EdgeValue along = kernels.subtract(moved, kernels.multiply(turns, twice));
            EdgeValue off = kernels.unary(BuiltinOperator.ABS, kernels.subtract(along, width));
            return kernels.add(kernels.subtract(width, off), begin);
        }

        private EdgeValue near(EdgeValue x) {
            return polynomial(x, CUBIC + 2, -(CUBIC + 3), 0, 1);
        }

        private EdgeValue far(EdgeValue x) {
            return polynomial(x, CUBIC, -5 * CUBIC, 8 * CUBIC, -4 * CUBIC);
        }

        private EdgeValue polynomial(EdgeValue x, double third, double second, double first, double constant) {
            EdgeValue sum = kernels.add(kernels.multiply(x, third), second);
            sum = first == 0 ? kernels.multiply(sum, x) : kernels.add(kernels.multiply(sum, x), first);
            return kernels.add(kernels.multiply(sum, x), constant);
        }
    }
}
