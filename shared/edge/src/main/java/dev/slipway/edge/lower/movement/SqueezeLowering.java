package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/** Squeeze: a reshape, to a computed shape if the axes are computed. */
final class SqueezeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue value = context.held(node, 0);
        Kernels kernels = context.kernels(node);
        context.define(
                node,
                Reshaping.to(kernels, value, context.outputShape(node))
                        .orElseGet(() -> computed(node, context, value)));
    }

    private static EdgeValue computed(OnnxNode node, LoweringContext context, EdgeValue value) {
        Kernels kernels = context.kernels(node);
        boolean runtime = node.input(1).isPresent() && context.known(node, 1).isEmpty();
        if (runtime) {
            return kernels.reshapeTo(value, kept(node, context, value), context.outputShape(node));
        }
        List<Integer> axes = context.integers(node, "axes", 1)
                .map(given -> given.stream()
                        .map(axis -> context.axis(axis, value.rank()))
                        .toList())
                .orElseGet(() -> IntStream.range(0, value.rank())
                        .filter(axis -> value.shape().get(axis) == 1)
                        .boxed()
                        .toList());
        return kernels.squeeze(value, axes);
    }

    /** The lengths of the axes that are not named. */
    private static EdgeValue kept(OnnxNode node, LoweringContext context, EdgeValue value) {
        Kernels kernels = context.kernels(node);
        Length rank = Length.fixed(value.rank());
        EdgeValue named = new RuntimeAxes(kernels).marked(context.held(node, 1), rank);
        EdgeValue others = kernels.unary(BuiltinOperator.LOGICAL_NOT, named);
        EdgeValue places = kernels.add(
                BuiltinOperator.WHERE, new OperatorOptions.None(), List.of(others), TensorType.INT64, List.of(-1, 1));
        int left = context.outputShape(node).size();
        EdgeValue lengths =
                kernels.gather(kernels.shape(value), kernels.reshape(places, List.of(Length.fixed(left))), 0);
        return lengths;
    }
}
