package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import java.util.List;

/** MeanVarianceNormalization: centred, and divided by the deviation. */
final class MeanVarianceNormalizationLowering implements Lowering {
    private static final List<Long> DEFAULT_AXES = List.of(0L, 2L, 3L);
    // The standard's own, which keeps a deviation of 0 from dividing.
    private static final double LEAST = 1e-9;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        List<Integer> axes = node.integers("axes").orElse(DEFAULT_AXES).stream()
                .map(axis -> context.axis(axis, input.rank()))
                .toList();
        Moments moments = Moments.of(kernels, input, axes);
        EdgeValue deviation = kernels.unary(BuiltinOperator.SQRT, moments.variance());
        context.define(node, kernels.divide(moments.centred(), kernels.add(deviation, LEAST)));
    }
}
