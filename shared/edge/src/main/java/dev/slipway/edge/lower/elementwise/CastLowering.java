package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.ElementTypes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;

/** Cast and CastLike: floats are cut to integers, integers wrap around, half-precision floats are really rounded. */
final class CastLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        ElementType from = context.facts(node, 0).type();
        ElementType to = context.outputFacts(node, 0).type();
        if (from == to) {
            context.define(node, context.held(node, 0));
            return;
        }
        Kernels kernels = context.kernels(node);
        EdgeValue value = context.input(node, 0);
        TensorType computed = ElementTypes.computed(to);
        if (from == ElementType.UINT64 && computed == TensorType.FLOAT32) {
            context.define(node, unsignedToFloat(kernels, value));
            return;
        }
        switch (to) {
            case FLOAT16 -> context.define(node, through(kernels, value, TensorType.FLOAT16));
            case BFLOAT16 -> context.define(node, through(kernels, value, TensorType.BFLOAT16));
            default -> context.define(node, context.wrapped(node, kernels.cast(value, computed)));
        }
    }

    private static EdgeValue through(Kernels kernels, EdgeValue value, TensorType narrow) {
        return kernels.cast(kernels.cast(kernels.cast(value, TensorType.FLOAT32), narrow), TensorType.FLOAT32);
    }

    /** Bits that INT64 takes for a negative number lack 2⁶⁴. */
    private static EdgeValue unsignedToFloat(Kernels kernels, EdgeValue value) {
        Term bits = new Term(kernels, value);
        Term signed = bits.cast(TensorType.FLOAT32);
        return bits.isLess(0).choose(signed.plus(0x1p64), signed).value();
    }
}
