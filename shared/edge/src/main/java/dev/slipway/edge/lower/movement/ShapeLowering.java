package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Shape, or a stretch of it, as INT64. */
final class ShapeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        List<Integer> known = context.facts(node, 0).shape();
        int rank = known.size();
        int start = bound(node.integer("start").orElse(0L), rank);
        int end = Math.max(start, bound(node.integer("end").orElse((long) rank), rank));
        List<Integer> stretch = known.subList(start, end);
        if (Shapes.isFixed(stretch)) {
            context.define(
                    node,
                    EdgeValue.longs(
                            "shape",
                            List.of(stretch.size()),
                            stretch.stream().mapToLong(Integer::longValue).toArray()));
            return;
        }
        Kernels kernels = context.kernels(node);
        EdgeValue shape = whole(kernels, context.held(node, 0));
        context.define(node, stretch.size() == rank ? shape : kernels.slice(shape, 0, start, end - start));
    }

    /** All lengths as an INT64 vector. */
    static EdgeValue whole(Kernels kernels, EdgeValue value) {
        return kernels.add(
                BuiltinOperator.SHAPE,
                new OperatorOptions.Shape(TensorType.INT64),
                List.of(value),
                TensorType.INT64,
                List.of(value.rank()));
    }

    private static int bound(long given, int rank) {
        return (int) Math.max(0, Math.min(rank, given < 0 ? given + rank : given));
    }
}
