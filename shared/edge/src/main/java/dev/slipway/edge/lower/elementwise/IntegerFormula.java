package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;

/** A formula for floats, by which integers are computed too: exactly up to 2²⁴, and cut to integers at the end. */
record IntegerFormula(Formula formula) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Term input = new Term(context.kernels(node), context.input(node, 0));
        Term result = formula.apply(input.cast(TensorType.FLOAT32), node)
                .cast(input.value().type());
        context.define(node, context.wrapped(node, result.value()));
    }
}
