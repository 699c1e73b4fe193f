package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Division by the sum of magnitudes or the Euclidean length along an axis, where that is 0 by 1. */
final class LpNormalizationLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        List<Integer> axes = List.of(context.axis(node.integer("axis").orElse(-1L), input.rank()));
        long order = node.integer("p").orElse(2L);
        EdgeValue terms = order == 1 ? kernels.unary(BuiltinOperator.ABS, input) : kernels.multiply(input, input);
        EdgeValue sum = kernels.reduce(BuiltinOperator.SUM, terms, axes, true);
        EdgeValue norm = order == 1 ? sum : kernels.unary(BuiltinOperator.SQRT, sum);
        // TFLite's own L2_NORMALIZATION keeps away from 0 by an epsilon that ONNX doesn't have.
        EdgeValue isZero = kernels.compare(BuiltinOperator.EQUAL, norm, EdgeValue.scalar(TensorType.FLOAT32, 0));
        EdgeValue divisor = kernels.select(isZero, EdgeValue.scalar(TensorType.FLOAT32, 1), norm);
        context.define(node, kernels.divide(input, divisor));
    }
}
