package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the maximum under each window stands, counted over the whole value: the windows are laid side by side, the first
 * maximum in each is looked for, and its place follows from the window's, since both are sums over the axes.
 */
final class MaximumPlaces {
    private final Kernels kernels;
    private final Lengths lengths;
    private final Numbers numbers;

    MaximumPlaces(Kernels kernels) {
        this.kernels = kernels;
        this.lengths = new Lengths(kernels);
        this.numbers = new Numbers(kernels);
    }

    /** INT64, in ONNX's order of axes like the value; {@code columnMajor} counts the last axis of space slowest. */
    EdgeValue of(EdgeValue value, Window window, boolean columnMajor) {
        int space = window.axes().size();
        List<Length> sizes = Lengths.of(value).subList(2, space + 2);
        List<WindowAxis.Amounts> amounts = new ArrayList<>();
        for (int i = 0; i < space; i++) {
            amounts.add(window.axes().get(i).amounts(lengths, sizes.get(i)));
        }
        // All batches and channels become one axis, behind which space stands: a plane with one channel.
        EdgeValue images = kernels.unsqueeze(lengths.merged(value, 0, 2), List.of(space + 1));
        EdgeValue padded = Window.padded(kernels, images, amounts, Window.lowest(value.type()));
        List<Length> counts = new ArrayList<>();
        EdgeValue windows = padded;
        for (int i = 0; i < space; i++) {
            WindowAxis axis = window.axes().get(i);
            Length count = lengths.plus(
                    lengths.dividedBy(lengths.plus(Length.of(padded, i + 1), -axis.span()), axis.stride()), 1);
            counts.add(count);
            List<EdgeValue> parts = new ArrayList<>();
            for (int k = 0; k < axis.kernel(); k++) {
                parts.add(Slices.strided(kernels, windows, i + 1, k * axis.dilation(), count, axis.stride()));
            }
            // The last axis is the element under the kernel, the one along this axis changing fastest.
            windows = parts.size() == 1 ? parts.get(0) : interleaved(parts);
        }
        EdgeValue element = kernels.add(
                BuiltinOperator.ARG_MAX,
                new OperatorOptions.ArgExtremum(TensorType.INT32),
                List.of(windows, EdgeValue.scalar(TensorType.INT32, space + 1)),
                TensorType.INT32,
                windows.shape().subList(0, space + 1));
        EdgeValue places = places(element, window, sizes, amounts, counts, columnMajor);
        List<Length> shape = new ArrayList<>(Lengths.of(value).subList(0, 2));
        shape.addAll(counts);
        return kernels.cast(kernels.reshape(places, shape), TensorType.INT64);
    }

    /** From parts whose last axis has n elements each, one whose last axis has n · parts. */
    private EdgeValue interleaved(List<EdgeValue> parts) {
        int last = parts.get(0).rank() - 1;
        EdgeValue packed = kernels.pack(parts, last + 1);
        return lengths.merged(packed, last, last + 2);
    }

    private EdgeValue places(
            EdgeValue element,
            Window window,
            List<Length> sizes,
            List<WindowAxis.Amounts> amounts,
            List<Length> counts,
            boolean columnMajor) {
        int space = window.axes().size();
        EdgeValue sum = null;
        int inner = 1;
        for (int i = space - 1; i >= 0; i--) {
            WindowAxis axis = window.axes().get(i);
            // Which element of the kernel it is along this axis.
            EdgeValue along = element;
            if (inner > 1) {
                along = kernels.binary(BuiltinOperator.FLOOR_DIV, along, integer(inner));
            }
            if (i > 0) {
                along = kernels.binary(BuiltinOperator.FLOOR_MOD, along, integer(axis.kernel()));
            }
            inner *= axis.kernel();
            EdgeValue begin = kernels.subtract(
                    kernels.multiply(numbers.range(counts.get(i)), axis.stride()),
                    kernels.length(amounts.get(i).begin()));
            List<Length> column = new ArrayList<>();
            IntStream.range(0, space + 1).forEach(other -> column.add(Length.fixed(1)));
            column.set(i + 1, counts.get(i));
            EdgeValue place = kernels.add(kernels.multiply(along, axis.dilation()), kernels.reshape(begin, column));
            List<Length> faster = columnMajor ? sizes.subList(0, i) : sizes.subList(i + 1, space);
            EdgeValue part = kernels.multiply(place, kernels.length(lengths.product(faster)));
            sum = sum == null ? part : kernels.add(sum, part);
        }
        List<Length> perImage = new ArrayList<>(List.of(Length.of(element, 0)));
        IntStream.range(0, space).forEach(other -> perImage.add(Length.fixed(1)));
        EdgeValue images =
                kernels.multiply(numbers.range(Length.of(element, 0)), kernels.length(lengths.product(sizes)));
        return kernels.add(sum, kernels.reshape(images, perImage));
    }

    private static EdgeValue integer(int number) {
        return EdgeValue.scalar(TensorType.INT32, number);
    }
}
