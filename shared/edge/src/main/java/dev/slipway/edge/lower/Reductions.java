package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.List;

/** Reductions always keep the reduced axes, so that layouts stay tractable; a reshape drops them. */
final class Reductions {
    private Reductions() {}

    static EdgeValue reduce(
            OnnxNode node, LoweringContext context, BuiltinOperator operator, EdgeValue input, List<Integer> axes) {
        List<Integer> shape = new ArrayList<>(input.shape());
        axes.forEach(axis -> shape.set(axis, 1));
        return context.add(
                node,
                operator,
                new OperatorOptions.Reduction(true),
                List.of(input, EdgeValue.integers("axes", axes)),
                shape);
    }
}
