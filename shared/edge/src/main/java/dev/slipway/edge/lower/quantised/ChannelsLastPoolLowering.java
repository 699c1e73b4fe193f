package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.Operand;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** ONNX Runtime's NhwcMaxPool: MaxPool of bytes whose channels stand last. */
final class ChannelsLastPoolLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.floats(node, 0);
        Permutation toFirst = Permutation.toChannelsFirst(input.rank());
        EdgeValue pooled = context.compose(
                node,
                "MaxPool",
                node.attributes(),
                List.of(Operand.floats(
                        kernels.transpose(input, toFirst),
                        toFirst.apply(context.facts(node, 0).extents()))),
                Operand.floats(toFirst.apply(context.outputFacts(node, 0).extents())));
        context.defineFloats(node, 0, kernels.transpose(pooled, toFirst.inverse()));
    }
}
