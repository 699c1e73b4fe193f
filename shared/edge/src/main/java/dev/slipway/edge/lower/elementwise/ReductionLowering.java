package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Mean, sum, maximum and minimum over axes, which are an attribute or, in newer operator sets, an input. */
record ReductionLowering(BuiltinOperator operator) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = context.input(node, 0);
        List<Long> given = node.integers("axes")
                .or(() -> context.constant(node, 1)
                        .map(tensor -> Arrays.stream(tensor.longs()).boxed().toList()))
                .orElse(List.of());
        if (given.isEmpty() && node.integer("noop_with_empty_axes").orElse(0L) != 0) {
            context.define(node, input);
            return;
        }
        List<Integer> axes = Optional.of(given)
                .filter(list -> !list.isEmpty())
                .map(list -> list.stream()
                        .map(axis -> Math.floorMod(axis, input.rank()))
                        .toList())
                .orElse(IntStream.range(0, input.rank()).boxed().toList());
        boolean keep = node.integer("keepdims").orElse(1L) != 0;
        context.define(node, context.kernels(node).reduce(operator, input, axes, keep));
    }
}
