package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is known about the element types of values without running the model. */
final class ElementTypes {
    private static final Set<String> LIKE_FIRST_INPUT = Set.of(
            "Abs",
            "Add",
            "BitShift",
            "BitwiseAnd",
            "BitwiseNot",
            "BitwiseOr",
            "BitwiseXor",
            "Clip",
            "Concat",
            "CumSum",
            "DepthToSpace",
            "Div",
            "Expand",
            "Flatten",
            "Gather",
            "GatherElements",
            "GatherND",
            "Identity",
            "Max",
            "Min",
            "Mod",
            "Mul",
            "Neg",
            "Pad",
            "Pow",
            "ReduceMax",
            "ReduceMin",
            "ReduceSum",
            "Relu",
            "Reshape",
            "ScatterElements",
            "ScatterND",
            "Sign",
            "Slice",
            "SpaceToDepth",
            "Split",
            "Squeeze",
            "Sub",
            "Tile",
            "TopK",
            "Transpose",
            "Unsqueeze");

    private static final Set<String> LIKE_SECOND_INPUT = Set.of("CastLike", "Where");

    private ElementTypes() {}

    /** Adds what the graph declares of its values. */
    static void declared(OnnxGraph graph, Map<String, ElementType> types) {
        Stream.of(graph.inputs(), graph.outputs(), graph.values())
                .flatMap(List::stream)
                .forEach(value -> {
                    if (value.type() instanceof ValueType.Dense dense) {
                        types.putIfAbsent(value.name(), dense.element());
                    }
                });
    }

    /** The type of a node's first output. */
    static Optional<ElementType> of(OnnxNode node, Map<String, ElementType> types) {
        if (!node.domain().isEmpty()) {
            return Optional.empty();
        }
        if (LIKE_FIRST_INPUT.contains(node.operator())) {
            return node.input(0).map(types::get);
        }
        if (LIKE_SECOND_INPUT.contains(node.operator())) {
            return node.input(1).map(types::get);
        }
        return Optional.empty();
    }
}
