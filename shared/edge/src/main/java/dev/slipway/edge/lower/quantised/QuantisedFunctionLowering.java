package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Folding;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.Operand;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/**
 * Operators that ONNX Runtime has for quantised values and that are another operator on what these values mean:
 * QLinearSigmoid, QLinearLeakyRelu and poolings. Inputs are the value, its scale and zero point, and the result's.
 */
record QuantisedFunctionLowering(String operator) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        if (node.integer("channels_last").orElse(0L) != 0) {
            throw context.refusal("channels-last", "its channels stand last, which ONNX's own operators do not have");
        }
        Kernels kernels = context.kernels(node);
        Parameters parameters = new Parameters(node, context);
        ValueFacts facts = context.facts(node, 0);
        EdgeValue meaning = meaning(kernels, context.floats(node, 0), parameters.scalar(1), parameters.scalar(2));
        EdgeValue result = context.compose(
                node,
                operator,
                node.attributes(),
                List.of(Operand.floats(meaning, facts.extents())),
                Operand.floats(context.outputFacts(node, 0).extents()));
        define(node, context, kernels.divide(result, parameters.scalar(3)), parameters.scalar(4));
    }

    /** What quantised values stand for. */
    static EdgeValue meaning(Kernels kernels, EdgeValue quantised, EdgeValue scale, EdgeValue zeroPoint) {
        return kernels.multiply(Folding.subtract(kernels, quantised, zeroPoint), scale);
    }

    /** The node's first output: quotients rounded, moved and saturated. */
    static void define(OnnxNode node, LoweringContext context, EdgeValue quotients, EdgeValue zeroPoint) {
        QuantisedType type = QuantisedType.of(context.outputFacts(node, 0).type(), context);
        context.defineFloats(node, 0, type.rounded(context.kernels(node), quotients, zeroPoint));
    }
}
