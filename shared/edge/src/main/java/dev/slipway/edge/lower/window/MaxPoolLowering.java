package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** MaxPool over one, two or three axes of space; where each maximum stood is computed only if somebody wants it. */
final class MaxPoolLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        // The kernel takes 8-bit values only with a scale; floats hold them exactly.
        EdgeValue input = kernels.cast(context.held(node, 0), TensorType.FLOAT32);
        List<Integer> kernel = AveragePoolLowering.kernel(node);
        Window window = Window.of(node, context, input.shape(), kernel);
        Permutation toLast = Permutation.toChannelsLast(input.rank());
        EdgeValue image = kernels.transpose(input, toLast);
        EdgeValue result = kernels.transpose(new Pools(kernels).maximum(image, window), toLast.inverse());
        context.define(node, kernels.cast(result, context.input(node, 0).type()));
        if (context.wantsOutput(node, 1)) {
            boolean columnMajor = node.integer("storage_order").orElse(0L) != 0;
            context.define(node, 1, new MaximumPlaces(kernels).of(context.input(node, 0), window, columnMajor));
        }
    }
}
