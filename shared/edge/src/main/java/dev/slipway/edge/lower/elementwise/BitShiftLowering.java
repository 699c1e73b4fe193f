package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;

/** BitShift of unsigned integers; shifting by all bits or more gives 0. */
final class BitShiftLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        Term value = new Term(kernels, context.input(node, 0));
        Term distance = new Term(kernels, kernels.cast(context.input(node, 1), TensorType.INT32));
        Term shifted;
        if (node.text("direction").orElse("LEFT").equals("LEFT")) {
            shifted = Shifts.left(value, distance);
        } else if (Unsigned.isWide(node, context, 0)) {
            shifted = Shifts.wideRight(value, distance);
        } else {
            shifted = Shifts.right(value, distance);
        }
        context.define(node, context.wrapped(node, shifted.value()));
    }
}
