package dev.slipway.edge.lower.movement;

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
import java.util.Optional;

/** NonMaxSuppression: one NON_MAX_SUPPRESSION_V5 for each class of each sample. */
final class NonMaxSuppressionLowering implements Lowering {
    // Each pair of a sample and a class takes about a dozen operations.
    private static final int MOST_PAIRS = 256;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue boxes = corners(node, context, context.input(node, 0));
        EdgeValue scores = context.input(node, 1);
        int batch = scores.shape().get(0);
        int classes = scores.shape().get(1);
        if (batch == -1 || classes == -1) {
            throw context.refusal(
                    "open-batch",
                    "TFLite suppresses the boxes of one class of one sample at a time, so that their numbers must be"
                            + " fixed, but the scores are " + scores.shape() + "; fix the batch size");
        } else if ((long) batch * classes > MOST_PAIRS) {
            throw context.refusal(
                    "size",
                    "it has " + batch + " samples of " + classes + " classes, together more than " + MOST_PAIRS);
        }
        BoxSuppression suppression =
                new BoxSuppression(kernels, most(node, context), overlap(node, context), optional(node, context, 4));
        List<EdgeValue> rows = new ArrayList<>();
        for (int sample = 0; sample < batch; sample++) {
            EdgeValue own = part(kernels, boxes, List.of(sample, 0, 0), List.of(1, -1, -1), List.of(0));
            for (int kind = 0; kind < classes; kind++) {
                EdgeValue row = part(kernels, scores, List.of(sample, kind, 0), List.of(1, 1, -1), List.of(0, 1));
                rows.add(row(kernels, sample, kind, suppression.selected(own, row)));
            }
        }
        EdgeValue all =
                rows.isEmpty() ? EdgeValue.integers("none", List.of(0, 3), List.of()) : kernels.concatenate(rows, 0);
        context.define(node, kernels.cast(all, TensorType.INT64));
    }

    private static EdgeValue part(
            Kernels kernels, EdgeValue value, List<Integer> begins, List<Integer> sizes, List<Integer> dropped) {
        return kernels.squeeze(kernels.slice(value, begins, sizes), dropped);
    }

    private static EdgeValue row(Kernels kernels, int sample, int kind, EdgeValue selected) {
        LengthArithmetic arithmetic = new LengthArithmetic(kernels);
        Length count = Length.of(selected, 0);
        return kernels.pack(
                List.of(
                        arithmetic.filled(count, TensorType.INT32, sample),
                        arithmetic.filled(count, TensorType.INT32, kind),
                        selected),
                1);
    }

    /** Boxes by two opposite corners; whichever two, and in which order the axes come, is all the same. */
    private static EdgeValue corners(OnnxNode node, LoweringContext context, EdgeValue boxes) {
        if (node.integer("center_point_box").orElse(0L) == 0) {
            return boxes;
        }
        Kernels kernels = context.kernels(node);
        EdgeValue center = kernels.slice(boxes, 2, 0, 2);
        EdgeValue half = kernels.multiply(kernels.slice(boxes, 2, 2, 2), 0.5);
        return kernels.concatenate(List.of(kernels.subtract(center, half), kernels.add(center, half)), 2);
    }

    private static EdgeValue most(OnnxNode node, LoweringContext context) {
        return node.input(2).isPresent()
                ? new Indices(context.kernels(node)).scalar(context.held(node, 2))
                : EdgeValue.scalar(TensorType.INT32, 0);
    }

    private static Optional<EdgeValue> optional(OnnxNode node, LoweringContext context, int input) {
        return node.input(input).isPresent()
                ? Optional.of(context.kernels(node).reshape(context.input(node, input), List.<Length>of()))
                : Optional.empty();
    }

    /** TFLite suppresses what overlaps as much as the threshold, ONNX only what overlaps more: the next float. */
    private static EdgeValue overlap(OnnxNode node, LoweringContext context) {
        EdgeValue threshold = optional(node, context, 3).orElse(EdgeValue.scalar(TensorType.FLOAT32, 0));
        if (threshold.isConstant()) {
            float next = Math.max(Math.nextUp(threshold.floats()[0]), Float.MIN_NORMAL);
            return EdgeValue.floats("overlap", List.of(), next);
        }
        Kernels kernels = context.kernels(node);
        // Three quarters of the relative distance of floats round to exactly the next one.
        EdgeValue step = kernels.multiply(threshold, 0.75 * Math.ulp(1f));
        return kernels.binary(
                BuiltinOperator.MAXIMUM,
                kernels.add(threshold, step),
                EdgeValue.scalar(TensorType.FLOAT32, Float.MIN_NORMAL));
    }
}
