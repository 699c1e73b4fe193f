package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** DeformConv over images: what lies under the moved elements of the kernel is gathered, then multiplied by the weights. */
final class DeformableConvolutionLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Lengths lengths = new Lengths(kernels);
        EdgeValue input = context.input(node, 0);
        EdgeValue weights = context.input(node, 1);
        EdgeValue offsets = context.input(node, 2);
        if (input.rank() != 4 || weights.shape().contains(-1)) {
            throw context.refusal("rank", "only images (rank 4) and weights of fixed shape are supported");
        }
        int groups = Math.toIntExact(node.integer("group").orElse(1L));
        int moves = Math.toIntExact(node.integer("offset_group").orElse(1L));
        int filters = weights.shape().get(0);
        int rows = weights.shape().get(2);
        int columns = weights.shape().get(3);
        int elements = rows * columns;
        int channels = weights.shape().get(1) * groups;
        Length batch = Length.of(input, 0);
        Length parts = lengths.times(batch, moves);
        Length height = Length.of(input, 2);
        Length width = Length.of(input, 3);
        Length outHeight = Length.of(offsets, 2);
        Length outWidth = Length.of(offsets, 3);
        Length places = lengths.times(outHeight, outWidth);

        // Every group of channels that move together is an image of its own.
        EdgeValue images = kernels.transpose(
                kernels.reshape(input, List.of(parts, Length.fixed(channels / moves), lengths.times(height, width))),
                Permutation.of(0, 2, 1));
        EdgeValue moved =
                kernels.reshape(offsets, List.of(parts, Length.fixed(elements), Length.fixed(2), outHeight, outWidth));
        List<List<Sampler.Tap>> taps = new ArrayList<>();
        for (int axis = 0; axis < 2; axis++) {
            EdgeValue place = kernels.add(
                    kernels.squeeze(kernels.slice(moved, 2, axis, 1), List.of(2)),
                    plain(node, kernels, axis, rows, columns, axis == 0 ? outHeight : outWidth));
            EdgeValue flat = lengths.merged(place, 1, 4);
            taps.add(taps(kernels, flat, axis == 0 ? height : width));
        }
        EdgeValue sampled = new Sampler(kernels).sum(images, taps, List.of(height, width));
        if (node.input(4).isPresent()) {
            EdgeValue mask = kernels.reshape(
                    context.input(node, 4), List.of(parts, lengths.times(places, elements), Length.fixed(1)));
            sampled = kernels.multiply(sampled, mask);
        }
        EdgeValue patches = kernels.reshape(
                kernels.transpose(sampled, Permutation.of(0, 2, 1)),
                List.of(batch, Length.fixed(groups), Length.fixed(channels / groups * elements), places));
        EdgeValue matrices = kernels.reshape(
                weights,
                List.of(
                        Length.fixed(1),
                        Length.fixed(groups),
                        Length.fixed(filters / groups),
                        Length.fixed(channels / groups * elements)));
        EdgeValue product = kernels.multiplyMatrices(matrices, patches, false, false);
        EdgeValue result = kernels.reshape(product, List.of(batch, Length.fixed(filters), outHeight, outWidth));
        if (node.input(3).isPresent()) {
            EdgeValue bias = kernels.reshape(
                    context.input(node, 3), List.of(Length.fixed(filters), Length.fixed(1), Length.fixed(1)));
            result = kernels.add(result, bias);
        }
        context.define(node, result);
    }

    /** Where the elements of the kernel would lie if none moved: (elements, height, 1) or (elements, 1, width). */
    private static EdgeValue plain(OnnxNode node, Kernels kernels, int axis, int rows, int columns, Length count) {
        int dilation = Window.attribute(node, "dilations", axis);
        int begin = Window.statedPads(node, axis).get(0);
        float[] elements = new float[rows * columns];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (axis == 0 ? i / columns : i % columns) * dilation - begin;
        }
        EdgeValue firsts =
                kernels.multiply(new Numbers(kernels).places(count), Window.attribute(node, "strides", axis));
        List<Length> shape = axis == 0
                ? List.of(Length.fixed(1), count, Length.fixed(1))
                : List.of(Length.fixed(1), Length.fixed(1), count);
        return kernels.add(
                EdgeValue.floats("elements", List.of(elements.length, 1, 1), elements), kernels.reshape(firsts, shape));
    }

    /** Linear between elements, with zeros outside. */
    private static List<Sampler.Tap> taps(Kernels kernels, EdgeValue place, Length length) {
        Numbers numbers = new Numbers(kernels);
        EdgeValue last = kernels.add(numbers.length(length), -1);
        EdgeValue floor = numbers.floor(place);
        EdgeValue part = kernels.subtract(place, floor);
        EdgeValue next = kernels.add(floor, 1);
        return List.of(
                new Sampler.Tap(
                        numbers.clamped(floor, last),
                        Optional.of(kernels.multiply(
                                kernels.subtract(Numbers.number(1), part), numbers.inside(floor, last)))),
                new Sampler.Tap(
                        numbers.clamped(next, last), Optional.of(kernels.multiply(part, numbers.inside(next, last)))));
    }
}
