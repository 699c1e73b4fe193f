package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.ElementTypes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.Set;

/** BitCast: BITCAST between floats and integers; between integers of the same width it is a cast that wraps around. */
final class BitCastLowering implements Lowering {
    private static final Set<ElementType> ELSEWHERE_NARROWER =
            Set.of(ElementType.FLOAT64, ElementType.FLOAT16, ElementType.BFLOAT16);

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        ElementType from = context.facts(node, 0).type();
        ElementType to = context.outputFacts(node, 0).type();
        if (from == to) {
            context.define(node, context.held(node, 0));
            return;
        }
        if (ELSEWHERE_NARROWER.contains(from) || ELSEWHERE_NARROWER.contains(to)) {
            throw context.refusal(
                    "type", "the bits of " + from + " as " + to + " are not those that are computed with");
        }
        Kernels kernels = context.kernels(node);
        EdgeValue value = context.input(node, 0);
        if (from == ElementType.FLOAT32) {
            EdgeValue bits = bits(kernels, value, TensorType.INT32);
            context.define(node, context.wrapped(node, kernels.cast(bits, ElementTypes.computed(to))));
        } else if (to == ElementType.FLOAT32) {
            context.define(node, bits(kernels, kernels.cast(value, TensorType.INT32), TensorType.FLOAT32));
        } else {
            context.define(node, context.wrapped(node, kernels.cast(value, ElementTypes.computed(to))));
        }
    }

    private static EdgeValue bits(Kernels kernels, EdgeValue value, TensorType type) {
        return kernels.add(BuiltinOperator.BITCAST, new OperatorOptions.None(), List.of(value), type, value.shape());
    }
}
