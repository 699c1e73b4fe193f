package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/**
 * AveragePool over images. TFLite's own padding never counts as elements. Padding that we apply before the kernel does
 * count, so the averages are then scaled by (elements in the window) / (elements that ONNX counts).
 */
final class AveragePoolLowering implements Lowering {
    private static final Permutation TO_LAST = Permutation.toChannelsLast(4);

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = context.input(node, 0);
        Window window = Pooling.window(node, context, input);
        boolean countsPadding = node.integer("count_include_pad").orElse(0L) != 0;
        EdgeValue image = context.kernels(node).transpose(input, TO_LAST);
        Window.Padded padded =
                countsPadding ? window.padExplicitly(node, context, image, 0) : window.pad(node, context, image, 0);
        List<Integer> shape = TO_LAST.apply(context.outputShape(node));
        EdgeValue result = Pooling.pool(node, context, BuiltinOperator.AVERAGE_POOL_2D, window, padded, shape);
        if (padded.value() != image) {
            result = rescale(node, context, window, countsPadding, result);
        }
        context.define(node, context.kernels(node).transpose(result, TO_LAST.inverse()));
    }

    private static EdgeValue rescale(
            OnnxNode node, LoweringContext context, Window window, boolean countsPadding, EdgeValue averages) {
        WindowAxis rows = window.height();
        WindowAxis columns = window.width();
        if (countsPadding && !beyondStatedPadding(node, window)) {
            return averages;
        }
        if (rows.input() == -1 || columns.input() == -1) {
            throw context.refusal(
                    "open-length",
                    "how many elements it averages depends on a length that is open; fix the input's shape");
        }
        float[] factors = new float[rows.output() * columns.output()];
        for (int row = 0; row < rows.output(); row++) {
            for (int column = 0; column < columns.output(); column++) {
                int counted = countsPadding
                        ? counted(node, rows, row, 0) * counted(node, columns, column, 1)
                        : rows.covered(row) * columns.covered(column);
                factors[row * columns.output() + column] = (float) (rows.kernel() * columns.kernel()) / counted;
            }
        }
        EdgeValue constant =
                EdgeValue.floats(node.label() + "/counts", List.of(1, rows.output(), columns.output(), 1), factors);
        return context.add(
                node,
                BuiltinOperator.MUL,
                new OperatorOptions.Arithmetic(Activation.NONE),
                List.of(averages, constant),
                averages.shape());
    }

    /** Whether, because of ceil_mode, windows reach beyond the padding that the node states. */
    private static boolean beyondStatedPadding(OnnxNode node, Window window) {
        List<Long> pads = node.integers("pads").orElse(List.of(0L, 0L, 0L, 0L));
        return node.text("auto_pad").orElse("NOTSET").equals("NOTSET")
                && (window.height().end() > pads.get(2) || window.width().end() > pads.get(3));
    }

    private static int counted(OnnxNode node, WindowAxis axis, int index, int which) {
        List<Long> pads = node.integers("pads").orElse(List.of(0L, 0L, 0L, 0L));
        int first = index * axis.stride() - axis.begin();
        int limit = axis.input() + Math.toIntExact(pads.get(which + 2));
        return Math.min(first + axis.kernel(), limit) - first;
    }
}
