package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.window.WindowAxis.Border;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Padding;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sliding window of a convolution or pooling over the axes of space.
 *
 * <p>Values that it is applied to have channels last: batch, space…, channels.
 */
public record Window(List<WindowAxis> axes) {
    public Window {
        axes = List.copyOf(axes);
    }

    /** A value with the padding applied that TFLite's operator does not apply itself, and the padding it does. */
    public record Padded(EdgeValue value, Padding padding) {}

    /**
     * The window that the node's attributes describe.
     *
     * @param input the shape of its input in ONNX's order: batch, channels, space…
     */
    public static Window of(OnnxNode node, LoweringContext context, List<Integer> input, List<Integer> kernel) {
        int space = input.size() - 2;
        if (space < 1 || space > 3 || kernel.size() != space) {
            throw context.refusal(
                    "rank",
                    "it works on rank " + input.size() + " with a kernel of rank " + kernel.size()
                            + ", and only 1, 2 or 3 axes of space are supported");
        }
        List<Integer> output = context.outputShape(node);
        return new Window(IntStream.range(0, space)
                .mapToObj(index -> axis(node, index, input.get(index + 2), output.get(index + 2), kernel.get(index)))
                .toList());
    }

    /** Only these axes. */
    Window only(int from, int to) {
        return new Window(axes.subList(from, to));
    }

    /** With a first axis of length 1. */
    Window withUnit() {
        List<WindowAxis> more = new ArrayList<>(List.of(WindowAxis.unit()));
        more.addAll(axes);
        return new Window(more);
    }

    /** The shape of what slides over this image gives, with so many channels. */
    List<Integer> output(EdgeValue image, int channels) {
        List<Integer> shape = new ArrayList<>(image.shape().subList(0, 1));
        axes.forEach(axis -> shape.add(axis.output()));
        shape.add(channels);
        return shape;
    }

    boolean isDilated() {
        return axes.stream().anyMatch(axis -> axis.dilation() != 1 && axis.kernel() > 1);
    }

    /** What TFLite's operator can't pad itself; {@code filler} is what stands outside. */
    public Padded pad(Kernels kernels, EdgeValue value, double filler) {
        return axes.stream().allMatch(WindowAxis::isSame)
                ? new Padded(value, Padding.SAME)
                : padExplicitly(kernels, value, filler);
    }

    /** As {@link #pad}, but TFLite's operator is left with nothing to pad. */
    public Padded padExplicitly(Kernels kernels, EdgeValue value, double filler) {
        if (axes.stream().allMatch(WindowAxis::isValid)) {
            return new Padded(value, Padding.VALID);
        }
        Lengths lengths = new Lengths(kernels);
        List<WindowAxis.Amounts> amounts = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            amounts.add(axes.get(i).amounts(lengths, Length.of(value, i + 1)));
        }
        return new Padded(padded(kernels, value, amounts, filler), Padding.VALID);
    }

    /** The value with so much around its axes of space. */
    static EdgeValue padded(Kernels kernels, EdgeValue value, List<WindowAxis.Amounts> amounts, double filler) {
        List<Length> before = new ArrayList<>(List.of(Length.fixed(0)));
        List<Length> after = new ArrayList<>(List.of(Length.fixed(0)));
        amounts.forEach(amount -> {
            before.add(amount.begin());
            after.add(amount.end());
        });
        before.add(Length.fixed(0));
        after.add(Length.fixed(0));
        List<Integer> begins = Kernels.known(before);
        List<Integer> ends = Kernels.known(after);
        boolean fixed = java.util.stream.Stream.concat(before.stream(), after.stream())
                .allMatch(Length.Fixed.class::isInstance);
        if (fixed) {
            EdgeValue cut = cut(kernels, value, begins, ends);
            return kernels.pad(cut, positive(begins), positive(ends), filler);
        }
        List<EdgeValue> rows = new ArrayList<>();
        List<Integer> shape = new ArrayList<>(value.shape());
        for (int axis = 0; axis < value.rank(); axis++) {
            rows.add(kernels.lengths(List.of(before.get(axis), after.get(axis))));
            boolean unchanged =
                    before.get(axis).equals(Length.fixed(0)) && after.get(axis).equals(Length.fixed(0));
            shape.set(axis, unchanged ? shape.get(axis) : -1);
        }
        EdgeValue paddings = kernels.pack(rows, 0);
        OperatorOptions none = new OperatorOptions.None();
        return filler == 0
                ? kernels.add(BuiltinOperator.PAD, none, List.of(value, paddings), value.type(), shape)
                : kernels.add(
                        BuiltinOperator.PADV2,
                        none,
                        List.of(value, paddings, EdgeValue.scalar(value.type(), filler)),
                        value.type(),
                        shape);
    }

    /** Negative padding takes elements away. */
    private static EdgeValue cut(Kernels kernels, EdgeValue value, List<Integer> begins, List<Integer> ends) {
        EdgeValue cut = value;
        for (int axis = 0; axis < value.rank(); axis++) {
            int first = Math.max(-begins.get(axis), 0);
            int last = Math.max(-ends.get(axis), 0);
            int length = value.shape().get(axis);
            if (last > 0 && length == -1) {
                Length left = new Lengths(kernels).plus(Length.of(value, axis), -first - last);
                cut = Slices.strided(kernels, cut, axis, first, left, 1);
            } else if (first + last > 0) {
                cut = kernels.slice(cut, axis, first, length == -1 ? -1 : length - first - last);
            }
        }
        return cut;
    }

    private static List<Integer> positive(List<Integer> amounts) {
        return amounts.stream().map(amount -> Math.max(amount, 0)).toList();
    }

    /** What stands outside where maxima are looked for: nothing is less. */
    static double lowest(TensorType type) {
        return switch (type) {
            case INT8 -> Byte.MIN_VALUE;
            case UINT8 -> 0;
            case INT16 -> Short.MIN_VALUE;
            default -> Double.NEGATIVE_INFINITY;
        };
    }

    private static WindowAxis axis(OnnxNode node, int index, int input, int output, int kernel) {
        int stride = attribute(node, "strides", index);
        int dilation = attribute(node, "dilations", index);
        Border border = input == -1 || output == -1
                ? openBorder(node, index, kernel, stride, dilation)
                : border(node, index, kernel, stride, dilation, input, output);
        return new WindowAxis(kernel, stride, dilation, border, input, output);
    }

    private static Border border(
            OnnxNode node, int index, int kernel, int stride, int dilation, int input, int output) {
        int span = (kernel - 1) * dilation + 1;
        int total = Math.max((output - 1) * stride + span - input, 0);
        int begin =
                switch (automatic(node)) {
                    case "SAME_UPPER" -> total / 2;
                    case "SAME_LOWER" -> total - total / 2;
                    case "VALID" -> 0;
                    default -> statedPads(node, index).get(0);
                };
        // What the last window reaches; the file may state more, or with ceil_mode less.
        return new Border.Stated(begin, Math.max((output - 1) * stride + span - input - begin, 0));
    }

    private static Border openBorder(OnnxNode node, int index, int kernel, int stride, int dilation) {
        int span = (kernel - 1) * dilation + 1;
        boolean upper = automatic(node).equals("SAME_UPPER");
        if (automatic(node).startsWith("SAME")) {
            int before = upper ? (span - 1) / 2 : span / 2;
            return stride == 1 ? new Border.Stated(before, span - 1 - before) : new Border.Same(upper);
        }
        int begin = statedPads(node, index).get(0);
        int end = statedPads(node, index).get(1);
        if (node.integer("ceil_mode").orElse(0L) == 0) {
            return new Border.Stated(begin, end);
        } else if (begin == 0 && end == 0 && span == 2 && stride == 2) {
            // An odd last element gets a window of its own in either.
            return new Border.Same(true);
        }
        // So much more makes the division round up; it lets no window begin behind the end if the kernel is long
        // enough.
        return end + stride - 1 < span ? new Border.Stated(begin, end + stride - 1) : new Border.Ceiling(begin, end);
    }

    /** The padding that the file states before and behind an axis, which what is not stated or automatic leaves at 0. */
    static List<Integer> statedPads(OnnxNode node, int index) {
        List<Long> pads = node.integers("pads").orElse(List.of());
        if (pads.isEmpty() || !automatic(node).equals("NOTSET")) {
            return List.of(0, 0);
        }
        return List.of(Math.toIntExact(pads.get(index)), Math.toIntExact(pads.get(index + pads.size() / 2)));
    }

    static String automatic(OnnxNode node) {
        return node.text("auto_pad").orElse("NOTSET");
    }

    static int attribute(OnnxNode node, String name, int index) {
        return Math.toIntExact(
                node.integers(name).map(values -> values.get(index)).orElse(1L));
    }
}
