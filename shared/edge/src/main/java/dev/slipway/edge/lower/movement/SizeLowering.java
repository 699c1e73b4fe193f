package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Size: the product of the lengths. */
final class SizeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        List<Integer> known = context.facts(node, 0).shape();
        if (Shapes.isFixed(known)) {
            context.define(node, EdgeValue.longs("size", List.of(), Shapes.size(known)));
            return;
        }
        Length size = new LengthArithmetic(kernels).product(LengthArithmetic.of(context.held(node, 0)));
        context.define(node, kernels.cast(kernels.length(size), TensorType.INT64));
    }
}
