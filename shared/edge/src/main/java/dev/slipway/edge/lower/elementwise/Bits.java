package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;

/** The bits of integers in narrower integers, as many as it takes, along a last axis; the lowest bits come first. */
final class Bits {
    private static final OperatorOptions NONE = new OperatorOptions.None();

    private Bits() {}

    /** The words of a value of wider elements. */
    static EdgeValue words(Kernels kernels, EdgeValue value, TensorType word) {
        List<Integer> shape = new ArrayList<>(value.shape());
        shape.add(value.type().bytes() / word.bytes());
        return kernels.add(BuiltinOperator.BITCAST, NONE, List.of(value), word, shape);
    }

    /** The elements that these words make up. */
    static EdgeValue joined(Kernels kernels, EdgeValue words, TensorType element) {
        List<Integer> shape = words.shape().subList(0, words.rank() - 1);
        return kernels.add(BuiltinOperator.BITCAST, NONE, List.of(words), element, shape);
    }

    /** The value with leading axes of length 1, so that its words broadcast as it does. */
    static EdgeValue extended(Kernels kernels, EdgeValue value, int rank) {
        List<Integer> leading =
                java.util.stream.IntStream.range(0, rank - value.rank()).boxed().toList();
        return leading.isEmpty() ? value : kernels.unsqueeze(value, leading);
    }

    /** The rank that both broadcast to. */
    static int rank(EdgeValue left, EdgeValue right) {
        return Shapes.broadcast(left.shape(), right.shape()).size();
    }
}
