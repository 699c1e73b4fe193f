package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which axes a reduction is over: an attribute or, in newer operator sets, an input. */
sealed interface ReductionAxes {

    /** These, counted from 0. Without any, nothing is reduced. */
    record Known(List<Integer> axes) implements ReductionAxes {}

    /** What this INT32 vector says when the model runs; it has at least one element. */
    record Computed(EdgeValue axes) implements ReductionAxes {}

    static ReductionAxes of(OnnxNode node, LoweringContext context, int rank) {
        Optional<List<Long>> given = node.integers("axes")
                .or(() -> context.known(node, 1).map(ReductionAxes::longs))
                .filter(axes -> !axes.isEmpty());
        if (given.isPresent()) {
            return new Known(given.get().stream()
                    .map(axis -> context.axis(axis, rank))
                    .filter(axis -> axis < rank)
                    .distinct()
                    .toList());
        }
        if (isComputed(node, context)) {
            Kernels kernels = context.kernels(node);
            return new Computed(kernels.cast(context.input(node, 1), TensorType.INT32));
        }
        boolean keepsAll = node.integer("noop_with_empty_axes").orElse(0L) != 0;
        return new Known(keepsAll ? List.of() : IntStream.range(0, rank).boxed().toList());
    }

    /** Axes that are an input of no elements are none, whatever the model is run with. */
    private static boolean isComputed(OnnxNode node, LoweringContext context) {
        if (node.input(1).isEmpty()
                || context.known(node, 1).isPresent()
                || context.facts(node, 1).shape().equals(List.of(0))) {
            return false;
        }
        if (context.facts(node, 1).shape().contains(-1)) {
            throw context.refusal("axes", "how many axes it is over depends on the size of the inputs");
        }
        return true;
    }

    private static List<Long> longs(OnnxTensor tensor) {
        return Arrays.stream(tensor.longs()).boxed().toList();
    }
}
