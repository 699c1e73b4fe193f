package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Padding;
import java.util.Collections;
import java.util.List;

/** The sliding window of a convolution or pooling over height and width. */
record Window(WindowAxis height, WindowAxis width) {
    private static final int RANK = 4;

    /** A value with the padding applied that TFLite's operator does not apply itself, and the padding it does. */
    record Padded(EdgeValue value, Padding padding) {}

    static Window of(OnnxNode node, LoweringContext context, List<Integer> input, List<Long> kernel) {
        if (input.size() != RANK || kernel.size() != 2) {
            throw context.refusal(
                    "rank", "it works on rank " + input.size() + ", and only images (rank 4) are supported");
        }
        List<Integer> output = context.outputShape(node);
        return new Window(axis(node, context, 0, input, output, kernel), axis(node, context, 1, input, output, kernel));
    }

    /** Takes and gives values with channels last; {@code filler} is what stands outside the image. */
    Padded pad(OnnxNode node, LoweringContext context, EdgeValue value, float filler) {
        if (height.isSame() && width.isSame()) {
            return new Padded(value, Padding.SAME);
        }
        return padExplicitly(node, context, value, filler);
    }

    /** As {@link #pad}, but TFLite's operator is left with nothing to pad. */
    Padded padExplicitly(OnnxNode node, LoweringContext context, EdgeValue value, float filler) {
        if (height.isValid() && width.isValid()) {
            return new Padded(value, Padding.VALID);
        }
        List<Integer> in = value.shape();
        List<Integer> padded = List.of(in.get(0), grown(in.get(1), height), grown(in.get(2), width), in.get(3));
        EdgeValue amounts = EdgeValue.integers(
                "pads",
                List.of(RANK, 2),
                List.of(0, 0, height.begin(), height.end(), width.begin(), width.end(), 0, 0));
        EdgeValue result = filler == 0
                ? context.add(node, BuiltinOperator.PAD, new OperatorOptions.None(), List.of(value, amounts), padded)
                : context.add(
                        node,
                        BuiltinOperator.PADV2,
                        new OperatorOptions.None(),
                        List.of(value, amounts, EdgeValue.floats("filler", List.of(), filler)),
                        padded);
        return new Padded(result, Padding.VALID);
    }

    private static int grown(int length, WindowAxis axis) {
        return length == -1 ? -1 : length + axis.begin() + axis.end();
    }

    private static WindowAxis axis(
            OnnxNode node,
            LoweringContext context,
            int index,
            List<Integer> inputShape,
            List<Integer> outputShape,
            List<Long> kernels) {
        int input = inputShape.get(index + 2);
        int output = outputShape.get(index + 2);
        int kernel = Math.toIntExact(kernels.get(index));
        int stride = attribute(node, "strides", index);
        int dilation = attribute(node, "dilations", index);
        int span = (kernel - 1) * dilation + 1;
        String automatic = node.text("auto_pad").orElse("NOTSET");
        if (input == -1) {
            return openAxis(node, context, index, kernel, stride, dilation, automatic);
        }
        int total = Math.max((output - 1) * stride + span - input, 0);
        int begin =
                switch (automatic) {
                    case "SAME_UPPER" -> total / 2;
                    case "SAME_LOWER" -> total - total / 2;
                    case "VALID" -> 0;
                    default -> pads(node).get(index);
                };
        // What the last window reaches; the file may state more, or with ceil_mode less.
        int end = Math.max((output - 1) * stride + span - input - begin, 0);
        return new WindowAxis(kernel, stride, dilation, begin, end, input, output);
    }

    private static WindowAxis openAxis(
            OnnxNode node, LoweringContext context, int index, int kernel, int stride, int dilation, String automatic) {
        int span = (kernel - 1) * dilation + 1;
        boolean same = automatic.startsWith("SAME");
        if (stride != 1 && (same || node.integer("ceil_mode").orElse(0L) != 0)) {
            throw context.refusal(
                    "open-length", "its padding depends on a length that is open; fix the input's height and width");
        }
        int begin = 0;
        int end = 0;
        if (same) {
            begin = automatic.equals("SAME_UPPER") ? (span - 1) / 2 : span / 2;
            end = span - 1 - begin;
        } else if (!automatic.equals("VALID")) {
            begin = pads(node).get(index);
            end = pads(node).get(index + 2);
        }
        return new WindowAxis(kernel, stride, dilation, begin, end, -1, -1);
    }

    private static List<Integer> pads(OnnxNode node) {
        return node.integers("pads").orElse(Collections.nCopies(RANK, 0L)).stream()
                .map(Math::toIntExact)
                .toList();
    }

    private static int attribute(OnnxNode node, String name, int index) {
        return Math.toIntExact(
                node.integers(name).map(values -> values.get(index)).orElse(1L));
    }
}
