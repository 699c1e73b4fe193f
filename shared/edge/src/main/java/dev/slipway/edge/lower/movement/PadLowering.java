package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Pad: PAD for constants, MIRROR_PAD for reflections, GATHER axis by axis for other modes. */
final class PadLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = Moved.wide(node, 0, context);
        PadAmounts amounts = PadAmounts.of(node, context, value.rank());
        String mode = node.text("mode").orElse("constant");
        EdgeValue padded;
        if (mode.equals("constant")) {
            padded = new Padding(kernels, context)
                    .padded(value, amounts, filler(node, context, value), context.outputShape(node));
        } else if (mode.equals("reflect") && isMirror(value, amounts)) {
            padded = mirrored(kernels, value, amounts, context.outputShape(node));
        } else {
            padded = value;
            for (int axis = 0; axis < value.rank(); axis++) {
                padded = amounts.isNothing(axis)
                        ? padded
                        : new ContinuedAxis(kernels, context, mode).of(padded, axis, amounts);
            }
        }
        Moved.define(node, context, padded);
    }

    private static EdgeValue filler(OnnxNode node, LoweringContext context, EdgeValue value) {
        if (node.input(2).isPresent()) {
            return context.kernels(node).reshape(Moved.wide(node, 2, context), List.<Length>of());
        }
        return EdgeValue.scalar(value.type(), node.number("value").orElse(0f));
    }

    /** Whether every reflection ends before the other end of its axis, which MIRROR_PAD wants. */
    private static boolean isMirror(EdgeValue value, PadAmounts amounts) {
        return amounts.isConstant()
                && IntStream.range(0, value.rank()).allMatch(axis -> {
                    int length = value.shape().get(axis);
                    int before = amounts.before().integers().get(axis);
                    int after = amounts.after().integers().get(axis);
                    boolean nothing = before == 0 && after == 0;
                    return nothing || (before >= 0 && after >= 0 && length > Math.max(before, after));
                });
    }

    private static EdgeValue mirrored(Kernels kernels, EdgeValue value, PadAmounts amounts, List<Integer> shape) {
        List<Integer> paddings = new ArrayList<>();
        for (int axis = 0; axis < value.rank(); axis++) {
            paddings.add(amounts.before().integers().get(axis));
            paddings.add(amounts.after().integers().get(axis));
        }
        return kernels.add(
                BuiltinOperator.MIRROR_PAD,
                new OperatorOptions.MirrorPad(false),
                List.of(value, EdgeValue.integers("paddings", List.of(value.rank(), 2), paddings)),
                value.type(),
                shape);
    }
}
