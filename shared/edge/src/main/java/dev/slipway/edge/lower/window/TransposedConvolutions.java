package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Padding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Transposed convolutions by TFLite's kernels where these can do them, otherwise by a convolution of the image with zeros
 * between its elements.
 *
 * <p>Images have channels last; weights are in ONNX's order: channels, filters of a group, space….
 */
final class TransposedConvolutions {
    private static final int MOST_PARTS = 8;
    private static final Permutation PLANE_WEIGHTS = Permutation.of(1, 2, 3, 0);
    private static final Permutation SPACE_WEIGHTS = Permutation.of(2, 3, 4, 1, 0);

    private final Kernels kernels;
    private final Lengths lengths;

    TransposedConvolutions(Kernels kernels) {
        this.kernels = kernels;
        this.lengths = new Lengths(kernels);
    }

    EdgeValue apply(EdgeValue image, EdgeValue weights, EdgeValue bias, List<ExpandedAxis> axes, int groups) {
        boolean byConvolution = axes.stream().allMatch(axis -> axis.stride() == 1)
                || axes.stream().anyMatch(axis -> axis.dilation() != 1 || axis.isTooLong());
        boolean inParts = groups > 1 && groups <= MOST_PARTS && weights.shape().get(0) > groups;
        if (byConvolution || (groups > 1 && !inParts)) {
            return byConvolution(image, weights, bias, axes, groups);
        } else if (axes.size() == 1) {
            List<ExpandedAxis> plane = List.of(ExpandedAxis.unit(), axes.get(0));
            EdgeValue result = inParts(
                    kernels.unsqueeze(image, List.of(1)), kernels.unsqueeze(weights, List.of(2)), bias, plane, groups);
            return kernels.squeeze(result, List.of(1));
        }
        return inParts(image, weights, bias, axes, groups);
    }

    private EdgeValue inParts(EdgeValue image, EdgeValue weights, EdgeValue bias, List<ExpandedAxis> axes, int groups) {
        int channels = weights.shape().get(0) / groups;
        int filters = weights.shape().get(1);
        List<EdgeValue> parts = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            parts.add(byKernel(
                    groups == 1 ? image : kernels.slice(image, image.rank() - 1, group * channels, channels),
                    groups == 1 ? weights : Constants.part(kernels, weights, 0, group * channels, channels),
                    groups == 1 ? bias : Constants.part(kernels, bias, 0, group * filters, filters),
                    axes));
        }
        return kernels.concatenate(parts, image.rank() - 1);
    }

    private EdgeValue byKernel(EdgeValue image, EdgeValue weights, EdgeValue bias, List<ExpandedAxis> axes) {
        boolean same = axes.stream().allMatch(ExpandedAxis::isSame);
        List<ExpandedAxis> made =
                same ? axes : axes.stream().map(ExpandedAxis::uncut).toList();
        int filters = weights.shape().get(1);
        List<Length> shape = new ArrayList<>(List.of(Length.of(image, 0)));
        for (int i = 0; i < made.size(); i++) {
            shape.add(made.get(i).output(lengths, Length.of(image, i + 1)));
        }
        shape.add(Length.fixed(filters));
        Padding padding = same ? Padding.SAME : Padding.VALID;
        boolean plane = axes.size() == 2;
        EdgeValue whole = kernels.add(
                plane ? BuiltinOperator.TRANSPOSE_CONV : BuiltinOperator.CONV_3D_TRANSPOSE,
                plane ? planeOptions(padding, axes) : spaceOptions(padding, axes),
                List.of(
                        kernels.lengths(shape),
                        kernels.transpose(weights, plane ? PLANE_WEIGHTS : SPACE_WEIGHTS),
                        image,
                        bias),
                image.type(),
                Kernels.known(shape));
        return same ? whole : cut(whole, image, axes);
    }

    private EdgeValue cut(EdgeValue whole, EdgeValue image, List<ExpandedAxis> axes) {
        EdgeValue cut = whole;
        for (int i = 0; i < axes.size(); i++) {
            ExpandedAxis axis = axes.get(i);
            if (axis.begin() == 0 && axis.uncut().surplus() == axis.surplus()) {
                continue;
            }
            cut = axis.input() == -1
                    ? Slices.strided(
                            kernels, cut, i + 1, axis.begin(), axis.output(lengths, Length.of(image, i + 1)), 1)
                    : kernels.slice(cut, i + 1, axis.begin(), axis.output());
        }
        return cut;
    }

    private static OperatorOptions planeOptions(Padding padding, List<ExpandedAxis> axes) {
        return new OperatorOptions.TransposedConvolution(
                padding, axes.get(0).stride(), axes.get(1).stride(), Activation.NONE);
    }

    private static OperatorOptions spaceOptions(Padding padding, List<ExpandedAxis> axes) {
        return new OperatorOptions.SpatialConvolution(
                padding, axes.get(0).stride(), axes.get(1).stride(), axes.get(2).stride(), 1, 1, 1, Activation.NONE);
    }

    private EdgeValue byConvolution(
            EdgeValue image, EdgeValue weights, EdgeValue bias, List<ExpandedAxis> axes, int groups) {
        EdgeValue spread = image;
        for (int i = 0; i < axes.size(); i++) {
            spread = spread(spread, i + 1, axes.get(i).stride());
        }
        Window window = new Window(axes.stream().map(ExpandedAxis::convolution).toList());
        return new Convolutions(kernels).apply(spread, mirrored(weights, groups), bias, window, groups);
    }

    /** The value with zeros behind each element along an axis, {@code stride} times as long. */
    private EdgeValue spread(EdgeValue value, int axis, int stride) {
        if (stride == 1) {
            return value;
        }
        List<Length> whole = Lengths.of(value);
        Length before = lengths.product(whole.subList(0, axis + 1));
        Length behind = lengths.product(whole.subList(axis + 1, value.rank()));
        EdgeValue rows = kernels.reshape(value, List.of(before, Length.fixed(1), behind));
        EdgeValue padded = kernels.pad(rows, List.of(0, 0, 0), List.of(0, stride - 1, 0), 0);
        List<Length> result = new ArrayList<>(whole);
        result.set(axis, lengths.times(whole.get(axis), stride));
        return kernels.reshape(padded, result);
    }

    /** The weights of the convolution: filters first, and space the other way round. */
    private EdgeValue mirrored(EdgeValue weights, int groups) {
        EdgeValue mirrored = weights;
        for (int axis = 2; axis < weights.rank(); axis++) {
            mirrored = Constants.reversed(kernels, mirrored, axis);
        }
        int channels = weights.shape().get(0) / groups;
        int filters = weights.shape().get(1);
        List<Integer> space = weights.shape().subList(2, weights.rank());
        List<Integer> swap =
                new ArrayList<>(IntStream.range(0, space.size() + 3).boxed().toList());
        Collections.swap(swap, 1, 2);
        EdgeValue grouped = kernels.reshape(mirrored, fixed(List.of(groups, channels, filters), space));
        EdgeValue swapped = kernels.transpose(grouped, new Permutation(swap));
        return kernels.reshape(swapped, fixed(List.of(groups * filters, channels), space));
    }

    private static List<Length> fixed(List<Integer> first, List<Integer> then) {
        List<Length> shape = new ArrayList<>(first.stream().map(Length::fixed).toList());
        then.forEach(length -> shape.add(Length.fixed(length)));
        return shape;
    }
}
