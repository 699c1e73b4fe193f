package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** TopK: TOPK_V2 along the last axis; the smallest are the greatest in opposite order. */
final class TopKLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = Unsigned.ordered(node, context, 0);
        int axis = context.axis(node.integer("axis").orElse(-1L), input.rank());
        boolean largest = node.integer("largest").orElse(1L) != 0;
        Permutation toLast = swapped(axis, input.rank());
        EdgeValue moved = kernels.transpose(input, toLast);
        EdgeValue count = count(node, context, kernels);
        boolean open = !count.isConstant();
        int known = count.isConstant() ? count.integers().get(0) : -1;
        if (known == 0) {
            throw context.refusal("empty", "it is to find 0 elements, at which the runtime never ends");
        }
        List<Integer> shape = Shapes.with(moved.shape(), input.rank() - 1, known);
        List<EdgeValue> found = kernels.add(
                BuiltinOperator.TOPK_V2,
                new OperatorOptions.None(),
                List.of(
                        largest ? moved : opposite(kernels, moved),
                        open ? kernels.maximum(count, EdgeValue.scalar(TensorType.INT32, 1)) : count),
                List.of(
                        kernels.result(BuiltinOperator.TOPK_V2, input.type(), shape),
                        kernels.result(BuiltinOperator.TOPK_V2, TensorType.INT32, shape)));
        EdgeValue best = open ? first(kernels, found.get(0), count) : found.get(0);
        EdgeValue values = largest ? best : opposite(kernels, best);
        if (context.wantsOutput(node, 0)) {
            context.define(node, Unsigned.bits(node, context, kernels.transpose(values, toLast)));
        }
        if (context.wantsOutput(node, 1)) {
            EdgeValue at = open ? first(kernels, found.get(1), count) : found.get(1);
            EdgeValue places = kernels.cast(at, TensorType.INT64);
            context.define(node, 1, kernels.transpose(places, toLast));
        }
    }

    private static EdgeValue count(OnnxNode node, LoweringContext context, Kernels kernels) {
        return node.integer("k")
                .map(k -> EdgeValue.scalar(TensorType.INT32, k))
                .orElseGet(() -> kernels.reshape(kernels.cast(context.input(node, 1), TensorType.INT32), List.of()));
    }

    /** So many of the last axis, which may be none: TOPK_V2 never ends when it is to find none, so it finds one. */
    private static EdgeValue first(Kernels kernels, EdgeValue value, EdgeValue count) {
        EdgeValue places = kernels.add(
                BuiltinOperator.RANGE,
                new OperatorOptions.None(),
                List.of(EdgeValue.scalar(TensorType.INT32, 0), count, EdgeValue.scalar(TensorType.INT32, 1)),
                TensorType.INT32,
                List.of(-1));
        return kernels.gather(value, places, value.rank() - 1);
    }

    /** Of integers -1 - x, which is never out of range. */
    private static EdgeValue opposite(Kernels kernels, EdgeValue value) {
        return value.type() == TensorType.FLOAT32
                ? kernels.unary(BuiltinOperator.NEG, value)
                : kernels.subtract(EdgeValue.scalar(value.type(), -1), value);
    }

    /** The axis and the last one in each other's place, which is its own inverse. */
    private static Permutation swapped(int axis, int rank) {
        List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        axes.set(axis, rank - 1);
        axes.set(rank - 1, axis);
        return new Permutation(axes);
    }
}
