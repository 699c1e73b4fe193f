package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Folding;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.ElementType;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;

/** The numbers that a type of quantised values holds. */
record QuantisedType(int least, int greatest) {

    static QuantisedType of(ElementType type, LoweringContext context) {
        return switch (type) {
            case INT8 -> new QuantisedType(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case UINT8 -> new QuantisedType(0, 255);
            case INT16 -> new QuantisedType(Short.MIN_VALUE, Short.MAX_VALUE);
            case UINT16 -> new QuantisedType(0, 65535);
            default ->
                throw context.refusal("quantised-type", "it quantises to " + type + ", which TFLite has no tensors of");
        };
    }

    /** How far a value can be from its zero point. */
    int reach(EdgeValue zeroPoint) {
        if (!zeroPoint.isConstant()) {
            return greatest - least;
        }
        int reach = 0;
        for (float zero : zeroPoint.floats()) {
            reach = Math.max(reach, (int) Math.max(greatest - zero, zero - least));
        }
        return reach;
    }

    /** The nearest whole numbers, halves to even, of quotients, moved by the zero point and saturated, as FLOAT32. */
    EdgeValue rounded(Kernels kernels, EdgeValue quotients, EdgeValue zeroPoint) {
        EdgeValue whole = Folding.add(kernels, kernels.unary(BuiltinOperator.ROUND, quotients), zeroPoint);
        return saturated(kernels, whole);
    }

    EdgeValue saturated(Kernels kernels, EdgeValue whole) {
        EdgeValue bounded = kernels.maximum(whole, EdgeValue.scalar(TensorType.FLOAT32, least));
        return kernels.minimum(bounded, EdgeValue.scalar(TensorType.FLOAT32, greatest));
    }
}
