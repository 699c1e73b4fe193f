package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.stream.IntStream;

/** DynamicQuantizeLinear: to UINT8 with the range of the very values. */
final class DynamicQuantizeLowering implements Lowering {
    private static final QuantisedType TYPE = new QuantisedType(0, 255);

    /** The quantised values and their parameters, all FLOAT32. */
    record Quantised(EdgeValue values, EdgeValue scale, EdgeValue zeroPoint) {}

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Quantised quantised = quantised(context.kernels(node), context.input(node, 0));
        context.defineFloats(node, 0, quantised.values());
        if (context.wantsOutput(node, 1)) {
            context.define(node, 1, quantised.scale());
        }
        if (context.wantsOutput(node, 2)) {
            context.defineFloats(node, 2, quantised.zeroPoint());
        }
    }

    static Quantised quantised(Kernels kernels, EdgeValue input) {
        EdgeValue zero = EdgeValue.scalar(TensorType.FLOAT32, 0);
        List<Integer> axes = IntStream.range(0, input.rank()).boxed().toList();
        EdgeValue most = kernels.maximum(kernels.reduce(BuiltinOperator.REDUCE_MAX, input, axes, false), zero);
        EdgeValue least = kernels.minimum(kernels.reduce(BuiltinOperator.REDUCE_MIN, input, axes, false), zero);
        EdgeValue span = kernels.subtract(most, least);
        EdgeValue scale = kernels.select(
                kernels.compare(BuiltinOperator.EQUAL, span, zero),
                EdgeValue.scalar(TensorType.FLOAT32, 1),
                kernels.divide(span, EdgeValue.scalar(TensorType.FLOAT32, TYPE.greatest())));
        EdgeValue zeroPoint = kernels.unary(
                BuiltinOperator.ROUND, TYPE.saturated(kernels, kernels.subtract(zero, kernels.divide(least, scale))));
        return new Quantised(TYPE.rounded(kernels, kernels.divide(input, scale), zeroPoint), scale, zeroPoint);
    }
}
