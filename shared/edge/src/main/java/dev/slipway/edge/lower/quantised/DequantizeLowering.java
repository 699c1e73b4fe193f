package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Folding;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;

/** DequantizeLinear: (x - zero point) · scale, where TFLite's DEQUANTIZE knows constant parameters only. */
final class DequantizeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue value = context.held(node, 0);
        Kernels kernels = context.kernels(node);
        EdgeValue zeroPoint = QuantizeLowering.parameter(node, context, 2, value);
        EdgeValue scale = QuantizeLowering.parameter(node, context, 1, value);
        boolean wide = context.facts(node, 0).type() == ElementType.INT32;
        EdgeValue centred = wide && !Folding.isZero(zeroPoint)
                // Beyond 2^24 float would round before it subtracts.
                ? kernels.cast(
                        kernels.subtract(context.input(node, 0), kernels.cast(zeroPoint, TensorType.INT32)),
                        TensorType.FLOAT32)
                : Folding.subtract(kernels, context.floats(node, 0), zeroPoint);
        context.define(node, kernels.multiply(centred, scale));
    }
}
