package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/**
 * QuantizeLinear in float arithmetic. TFLite's QUANTIZE is not the same: it rounds halves away from zero and multiplies
 * by the scale's inverse.
 */
final class QuantizeLowering implements Lowering {
    private static final long FIRST_WITH_AXIS = 13;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        QuantisedType type = QuantisedType.of(context.outputFacts(node, 0).type(), context);
        EdgeValue value = context.floats(node, 0);
        Kernels kernels = context.kernels(node);
        EdgeValue quotient = kernels.divide(value, parameter(node, context, 1, value));
        context.defineFloats(node, 0, type.rounded(kernels, quotient, parameter(node, context, 2, value)));
    }

    /** The scale (input 1) or zero point (input 2) of QuantizeLinear or DequantizeLinear. */
    static EdgeValue parameter(OnnxNode node, LoweringContext context, int input, EdgeValue value) {
        Parameters parameters = new Parameters(node, context);
        boolean contributed = !node.domain().isEmpty();
        if (value.rank() == 0 || (!contributed && context.opset() < FIRST_WITH_AXIS)) {
            return parameters.scalar(input);
        }
        int block = Math.toIntExact(node.integer("block_size").orElse(0L));
        if (block > 0) {
            int axis = context.axis(node.integer("axis").orElse(1L), value.rank());
            return parameters.inBlocks(input, axis, block, value.shape().get(axis));
        }
        int scales = context.facts(node, 1).rank();
        boolean perTensor = scales == 0 || context.facts(node, 1).shape().equals(List.of(1));
        // An axis that does not exist is allowed where there is but one scale.
        return perTensor
                ? parameters.scalar(input)
                : parameters.alongAxis(
                        input, context.axis(node.integer("axis").orElse(1L), value.rank()), value.rank());
    }
}
