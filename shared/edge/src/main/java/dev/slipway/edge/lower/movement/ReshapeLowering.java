package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** All operators that only give their input another shape: the probe knows which. */
final class ReshapeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue value = context.held(node, 0);
        List<Integer> shape = context.outputShape(node);
        if (shape.stream().filter(length -> length == -1).count() > 1) {
            throw context.refusal(
                    "several-open-lengths", "it reshapes to " + shape + ", and only one length may be open");
        }
        EdgeValue lengths = EdgeValue.integers("shape", shape);
        context.define(
                node,
                value.isConstant()
                        ? value.reshaped(shape)
                        : context.kernels(node).reshapeTo(value, lengths, shape));
    }
}
