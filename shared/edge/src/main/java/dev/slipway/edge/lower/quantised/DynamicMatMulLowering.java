package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Folding;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;

/** DynamicQuantizeMatMul: quantises the left side by its own range, then multiplies integers and scales the result. */
final class DynamicMatMulLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        DynamicQuantizeLowering.Quantised quantised =
                DynamicQuantizeLowering.quantised(kernels, context.input(node, 0));
        Factor left = Factor.of(
                kernels,
                quantised.values(),
                quantised.zeroPoint(),
                context.facts(node, 0).extents(),
                QuantisedType.of(ElementType.UINT8, context));
        Factor right = IntegerMatMulLowering.factor(node, context, 1, 3);
        EdgeValue scale =
                Folding.multiply(kernels, quantised.scale(), IntegerMatMulLowering.scale(node, context, 1, 2));
        EdgeValue product = MatrixProduct.of(node, context, left, right).floats(kernels);
        EdgeValue result = kernels.multiply(product, scale);
        context.define(node, node.input(4).isEmpty() ? result : kernels.add(result, context.input(node, 4)));
    }
}
