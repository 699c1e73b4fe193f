package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;

/** QLinearConcat: the result's scale and zero point, then each value with its own. */
final class QuantisedConcatenationLowering implements Lowering {
    private static final int FIRST = 2;
    private static final int INPUTS_PER_VALUE = 3;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Parameters parameters = new Parameters(node, context);
        List<EdgeValue> values = new ArrayList<>();
        for (int i = FIRST; i < node.inputs().size(); i += INPUTS_PER_VALUE) {
            values.add(QuantisedFunctionLowering.meaning(
                    kernels, context.floats(node, i), parameters.scalar(i + 1), parameters.scalar(i + 2)));
        }
        int axis = context.axis(node.integer("axis").orElse(0L), values.get(0).rank());
        EdgeValue quotients = kernels.divide(kernels.concatenate(values, axis), parameters.scalar(0));
        QuantisedFunctionLowering.define(node, context, quotients, parameters.scalar(1));
    }
}
