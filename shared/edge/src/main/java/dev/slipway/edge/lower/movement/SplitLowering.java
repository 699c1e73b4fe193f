package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Split: SPLIT into equal parts, SPLIT_V into parts whose sizes are constant or computed. */
final class SplitLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue value = Moved.wide(node, 0, context);
        int axis = context.axis(node.integer("axis").orElse(0L), value.rank());
        List<EdgeValue> parts = parts(node, context, value, axis);
        for (int i = 0; i < parts.size(); i++) {
            if (context.wantsOutput(node, i)) {
                Moved.define(node, context, i, parts.get(i));
            }
        }
    }

    private static List<EdgeValue> parts(OnnxNode node, LoweringContext context, EdgeValue value, int axis) {
        int count = node.outputs().size();
        Optional<List<Integer>> sizes = sizes(node, context, value.shape().get(axis), count);
        if (sizes.isPresent()) {
            boolean equal =
                    sizes.get().stream().distinct().count() == 1 && sizes.get().get(0) != 0;
            return equal
                    ? equal(node, context, value, axis, sizes.get().get(0))
                    : uneven(node, context, value, axis, EdgeValue.integers("sizes", sizes.get()), sizes.get());
        }
        List<Integer> open = Collections.nCopies(count, -1);
        if (node.input(1).isPresent()) {
            return uneven(node, context, value, axis, context.held(node, 1), open);
        } else if (node.integer("num_outputs").isPresent()) {
            return uneven(node, context, value, axis, computedSizes(context.kernels(node), value, axis, count), open);
        }
        return equal(node, context, value, axis, -1);
    }

    /** The sizes of the parts, if they are known. */
    private static Optional<List<Integer>> sizes(OnnxNode node, LoweringContext context, int length, int count) {
        if (node.integers("split").isPresent() || context.known(node, 1).isPresent()) {
            return context.integers(node, "split", 1);
        } else if (node.input(1).isPresent() || length == -1) {
            return Optional.empty();
        }
        // The last part is what is left.
        int size = (length + count - 1) / count;
        return Optional.of(IntStream.range(0, count)
                .mapToObj(i -> Math.max(0, Math.min(size, length - i * size)))
                .toList());
    }

    private static EdgeValue computedSizes(Kernels kernels, EdgeValue value, int axis, int count) {
        EdgeValue length = kernels.length(Length.of(value, axis));
        EdgeValue size = kernels.binary(
                BuiltinOperator.FLOOR_DIV, kernels.add(length, count - 1), EdgeValue.scalar(TensorType.INT32, count));
        EdgeValue begins = kernels.multiply(
                EdgeValue.integers("parts", IntStream.range(0, count).boxed().toList()), size);
        EdgeValue left = kernels.maximum(kernels.subtract(length, begins), EdgeValue.scalar(TensorType.INT32, 0));
        return kernels.minimum(left, size);
    }

    private static List<EdgeValue> equal(OnnxNode node, LoweringContext context, EdgeValue value, int axis, int size) {
        int count = node.outputs().size();
        if (count == 1) {
            return List.of(value);
        }
        return context.kernels(node)
                .add(
                        BuiltinOperator.SPLIT,
                        new OperatorOptions.Split(count),
                        List.of(EdgeValue.scalar(TensorType.INT32, axis), value),
                        results(node, context, BuiltinOperator.SPLIT, value, axis, Collections.nCopies(count, size)));
    }

    private static List<EdgeValue> uneven(
            OnnxNode node, LoweringContext context, EdgeValue value, int axis, EdgeValue sizes, List<Integer> known) {
        return context.kernels(node)
                .add(
                        BuiltinOperator.SPLIT_V,
                        new OperatorOptions.Split(node.outputs().size()),
                        List.of(value, sizes, EdgeValue.scalar(TensorType.INT32, axis)),
                        results(node, context, BuiltinOperator.SPLIT_V, value, axis, known));
    }

    private static List<EdgeValue> results(
            OnnxNode node,
            LoweringContext context,
            BuiltinOperator operator,
            EdgeValue value,
            int axis,
            List<Integer> sizes) {
        List<EdgeValue> results = new ArrayList<>();
        for (int size : sizes) {
            results.add(context.kernels(node).result(operator, value.type(), Shapes.with(value.shape(), axis, size)));
        }
        return results;
    }
}
