package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is known about the ranks of values without running the model. */
final class Ranks {
    /** Up to version 6 the result of each of these has the rank of its first input. */
    private static final Set<String> LIKE_FIRST_INPUT = Set.of(
            "Abs",
            "Add",
            "And",
            "AveragePool",
            "BatchNormalization",
            "Cast",
            "Ceil",
            "Clip",
            "Concat",
            "Conv",
            "ConvTranspose",
            "Div",
            "Dropout",
            "Elu",
            "Equal",
            "Exp",
            "Floor",
            "GlobalAveragePool",
            "GlobalMaxPool",
            "Greater",
            "HardSigmoid",
            "Identity",
            "InstanceNormalization",
            "LRN",
            "LeakyRelu",
            "Less",
            "Log",
            "LogSoftmax",
            "LpNormalization",
            "LpPool",
            "Max",
            "MaxPool",
            "Mean",
            "Min",
            "Mul",
            "Neg",
            "Not",
            "Or",
            "PRelu",
            "Pad",
            "Pow",
            "Reciprocal",
            "Relu",
            "Selu",
            "Sigmoid",
            "Slice",
            "Softmax",
            "Softplus",
            "Softsign",
            "Split",
            "Sqrt",
            "Sub",
            "Sum",
            "Tanh",
            "Tile",
            "Transpose",
            "Upsample",
            "Xor");

    private static final Set<String> MATRICES = Set.of("Gemm", "Flatten");

    private Ranks() {}

    /** Adds what the graph declares of its values. */
    static void declared(OnnxGraph graph, Map<String, Integer> ranks) {
        Stream.of(graph.inputs(), graph.outputs(), graph.values())
                .flatMap(List::stream)
                .forEach(value -> {
                    if (value.type() instanceof ValueType.Dense dense) {
                        dense.shape().ifPresent(shape -> ranks.putIfAbsent(value.name(), shape.size()));
                    }
                });
    }

    /** The rank of a node's first output. */
    static Optional<Integer> of(OnnxNode node, Map<String, Integer> ranks) {
        if (!node.domain().isEmpty()) {
            return Optional.empty();
        }
        if (MATRICES.contains(node.operator())) {
            return Optional.of(2);
        }
        return LIKE_FIRST_INPUT.contains(node.operator()) ? node.input(0).map(ranks::get) : Optional.empty();
    }
}
