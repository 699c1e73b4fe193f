package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;

/** AveragePool over one, two or three axes of space. */
final class AveragePoolLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        List<Integer> kernel = kernel(node);
        Window window = Window.of(node, context, input.shape(), kernel);
        boolean countsPadding = node.integer("count_include_pad").orElse(0L) != 0;
        List<AverageAxis> axes = new ArrayList<>();
        for (int i = 0; i < kernel.size(); i++) {
            WindowAxis axis = window.axes().get(i);
            axes.add(countsPadding ? AverageAxis.withPadding(axis, node, i) : AverageAxis.ofElements(axis));
        }
        Permutation toLast = Permutation.toChannelsLast(input.rank());
        EdgeValue image = kernels.transpose(input, toLast);
        EdgeValue result = new Averages(kernels).of(image, window, axes);
        context.define(node, kernels.transpose(result, toLast.inverse()));
    }

    static List<Integer> kernel(OnnxNode node) {
        return node.integers("kernel_shape").orElse(List.of()).stream()
                .map(Math::toIntExact)
                .toList();
    }
}
