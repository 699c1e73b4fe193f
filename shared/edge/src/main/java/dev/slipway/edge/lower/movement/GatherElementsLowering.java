package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.probe.Extent;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** GatherElements: GATHER row by row, with the axis brought to the end. */
final class GatherElementsLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = context.held(node, 0);
        int axis = context.axis(node.integer("axis").orElse(0L), value.rank());
        EdgeValue indices = new Indices(kernels).fromStart(context.held(node, 1), Length.of(value, axis));
        Permutation toEnd = toEnd(axis, value.rank());
        EdgeValue rows = kernels.transpose(covered(node, context, value, axis), toEnd);
        EdgeValue places = kernels.transpose(indices, toEnd);
        if (places.shape().contains(0)) {
            context.define(node, places.isConstant() ? empty(value, indices) : kernels.cast(indices, value.type()));
            return;
        }
        EdgeValue taken = kernels.add(
                BuiltinOperator.GATHER,
                new OperatorOptions.Gather(value.rank() - 1, value.rank() - 1),
                List.of(rows, places),
                value.type(),
                places.shape());
        context.define(node, kernels.transpose(taken, toEnd.inverse()));
    }

    private static EdgeValue empty(EdgeValue value, EdgeValue indices) {
        return EdgeValue.constant("empty", value.type(), indices.shape(), java.nio.ByteBuffer.allocate(0));
    }

    private static Permutation toEnd(int axis, int rank) {
        List<Integer> axes = new ArrayList<>(Permutation.identity(rank).axes());
        axes.remove(axis);
        axes.add(axis);
        return new Permutation(axes);
    }

    /** The part of the value that the indices reach: they may be fewer along the other axes. */
    private static EdgeValue covered(OnnxNode node, LoweringContext context, EdgeValue value, int axis) {
        List<Extent> own = context.facts(node, 0).extents();
        List<Extent> wanted = context.facts(node, 1).extents();
        List<Integer> shorter = IntStream.range(0, own.size())
                .filter(other -> other != axis && !own.get(other).equals(wanted.get(other)))
                .boxed()
                .toList();
        if (shorter.isEmpty()) {
            return value;
        }
        Kernels kernels = context.kernels(node);
        List<Length> sizes = new ArrayList<>();
        List<Integer> shape = value.shape();
        for (int other = 0; other < own.size(); other++) {
            boolean isShorter = shorter.contains(other);
            sizes.add(isShorter ? Length.of(context.held(node, 1), other) : Length.fixed(-1));
            shape = isShorter ? Shapes.with(shape, other, wanted.get(other).length()) : shape;
        }
        return kernels.add(
                BuiltinOperator.SLICE,
                new OperatorOptions.None(),
                List.of(
                        value,
                        EdgeValue.integers("begin", java.util.Collections.nCopies(value.rank(), 0)),
                        sizes(kernels, sizes)),
                value.type(),
                shape);
    }

    private static EdgeValue sizes(Kernels kernels, List<Length> sizes) {
        boolean fixed = sizes.stream().allMatch(Length.Fixed.class::isInstance);
        return fixed ? EdgeValue.integers("size", Kernels.known(sizes)) : kernels.lengths(sizes);
    }
}
