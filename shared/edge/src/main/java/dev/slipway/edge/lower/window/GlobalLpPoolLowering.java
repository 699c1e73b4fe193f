package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import java.util.stream.IntStream;

/** GlobalLpPool: the p-th root of the sum of all p-th powers of a channel. */
final class GlobalLpPoolLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        double power = LpPoolLowering.power(node);
        EdgeValue sum = kernels.reduce(
                BuiltinOperator.SUM,
                LpPoolLowering.raised(kernels, input, power),
                IntStream.range(2, input.rank()).boxed().toList(),
                true);
        context.define(node, LpPoolLowering.root(kernels, sum, power));
    }
}
