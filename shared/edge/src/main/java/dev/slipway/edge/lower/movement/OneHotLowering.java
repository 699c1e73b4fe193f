package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** OneHot: ONE_HOT, after negative indices were made to count from the end of the depth. */
final class OneHotLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Indices indices = new Indices(kernels);
        EdgeValue depth = indices.scalar(context.input(node, 1));
        Length length = depth.isConstant() ? Length.fixed(depth.integers().get(0)) : new Length.Computed(depth);
        EdgeValue places = indices.fromStart(context.input(node, 0), length);
        EdgeValue values = Moved.wide(node, 2, context);
        EdgeValue off = kernels.reshape(element(kernels, values, 0), List.<Length>of());
        EdgeValue on = kernels.reshape(element(kernels, values, 1), List.<Length>of());
        int axis = context.axis(node.integer("axis").orElse(-1L), places.rank() + 1);
        EdgeValue hot = kernels.add(
                BuiltinOperator.ONE_HOT,
                new OperatorOptions.OneHot(axis == places.rank() ? -1 : axis),
                List.of(places, depth, on, off),
                values.type(),
                context.outputShape(node));
        Moved.define(node, context, hot);
    }

    private static EdgeValue element(Kernels kernels, EdgeValue pair, int index) {
        if (!pair.isConstant()) {
            return kernels.slice(pair, 0, index, 1);
        }
        int bytes = pair.type().bytes();
        java.nio.ByteBuffer element = pair.data().orElseThrow().slice(index * bytes, bytes);
        return EdgeValue.constant(pair.name(), pair.type(), List.of(1), element);
    }
}
