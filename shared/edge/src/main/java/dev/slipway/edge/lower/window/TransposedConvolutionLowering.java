package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;

/** ConvTranspose over one, two or three axes of space. */
final class TransposedConvolutionLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        EdgeValue weights = context.input(node, 1);
        int space = input.rank() - 2;
        if (space < 1 || space > 3) {
            throw context.refusal("rank", "it works on rank " + input.rank() + ", and only 3, 4 and 5 are supported");
        } else if (weights.shape().contains(-1)) {
            throw context.refusal("open-weights", "the shape of its weights " + weights.shape() + " is open");
        }
        List<ExpandedAxis> axes = new ArrayList<>();
        for (int index = 0; index < space; index++) {
            axes.add(axis(
                    node,
                    context,
                    index,
                    input.shape().get(index + 2),
                    weights.shape().get(index + 2)));
        }
        int groups = Math.toIntExact(node.integer("group").orElse(1L));
        EdgeValue bias = node.input(2).isPresent()
                ? context.input(node, 2)
                : Convolutions.noBias(weights.shape().get(1) * groups);
        Permutation toLast = Permutation.toChannelsLast(input.rank());
        EdgeValue result = new TransposedConvolutions(kernels)
                .apply(kernels.transpose(input, toLast), weights, bias, axes, groups);
        context.define(node, kernels.transpose(result, toLast.inverse()));
    }

    private static ExpandedAxis axis(OnnxNode node, LoweringContext context, int index, int input, int kernel) {
        int stride = Window.attribute(node, "strides", index);
        int dilation = Window.attribute(node, "dilations", index);
        int more = node.integers("output_padding")
                .map(values -> Math.toIntExact(values.get(index)))
                .orElse(0);
        // What is left of every input element's stride, and behind the last one, before padding takes its part.
        int beyond = (kernel - 1) * dilation + 1 + more - stride;
        List<Long> sizes = node.integers("output_shape").orElse(List.of());
        String automatic = Window.automatic(node);
        if (!sizes.isEmpty()) {
            if (input == -1) {
                throw context.refusal(
                        "open-length", "its output_shape is fixed but its input's length open; fix the input's shape");
            }
            int wanted = Math.toIntExact(
                    sizes.get(sizes.size() - (context.facts(node, 0).rank() - 2) + index));
            int total = Math.max(input * stride + beyond - wanted, 0);
            int begin = automatic.equals("SAME_UPPER") ? total / 2 : total - total / 2;
            return new ExpandedAxis(kernel, stride, dilation, begin, wanted - input * stride, input);
        } else if (automatic.startsWith("SAME")) {
            int total = Math.max(beyond, 0);
            int begin = automatic.equals("SAME_UPPER") ? total / 2 : total - total / 2;
            return new ExpandedAxis(kernel, stride, dilation, begin, 0, input);
        }
        List<Integer> pads = Window.statedPads(node, index);
        return new ExpandedAxis(kernel, stride, dilation, pads.get(0), beyond - pads.get(0) - pads.get(1), input);
    }
}
