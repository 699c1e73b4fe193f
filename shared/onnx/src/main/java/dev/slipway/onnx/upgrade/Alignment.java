package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Gives the second input of a node trailing axes of length 1, so that its first axis meets a given one of the first. */
final class Alignment {
    private Alignment() {}

    /** The nodes to put before this one, the last of which makes the aligned value; none if it is aligned as it is. */
    static List<OnnxNode> at(long axis, OnnxNode node, UpgradeContext context) {
        String first = node.inputs().get(0);
        String second = node.inputs().get(1);
        int rank = context.rank(second)
                .orElseThrow(() -> UpgradeContext.refused(
                        node, "the rank of its input '" + second + "' is not declared; declare the shape"));
        Optional<Integer> outer = context.rank(first);
        if (outer.isPresent()) {
            long trailing = outer.get() - (axis < 0 ? axis + outer.get() : axis) - rank;
            return trailing <= 0
                    ? List.of()
                    : List.of(context.node(
                            "Unsqueeze",
                            List.of(second),
                            second,
                            Map.of(
                                    "axes",
                                    AttributeValue.integers(LongStream.range(rank, rank + trailing)
                                            .toArray()))));
        }
        return axis < 0 ? List.of() : atRunTime(axis + rank, first, second, context);
    }

    /** Without the rank of the first input, its shape tells at run time how many axes are to be added. */
    private static List<OnnxNode> atRunTime(long start, String first, String second, UpgradeContext context) {
        OnnxNode shape = context.node("Shape", List.of(first), first, Map.of());
        OnnxNode tail = context.node(
                "Slice",
                List.of(name(shape)),
                first,
                Map.of(
                        "axes", AttributeValue.integers(0),
                        "starts", AttributeValue.integers(start),
                        "ends", AttributeValue.integers(Integer.MAX_VALUE)));
        OnnxNode zero = context.integers(first, 0);
        OnnxNode one = context.integers(first, 1);
        OnnxNode zeros = context.node("Mul", List.of(name(tail), name(zero)), first, Map.of());
        OnnxNode ones = context.node("Add", List.of(name(zeros), name(one)), first, Map.of());
        OnnxNode inner = context.node("Shape", List.of(second), second, Map.of());
        OnnxNode wanted = context.node(
                "Concat", List.of(name(inner), name(ones)), second, Map.of("axis", AttributeValue.integer(0)));
        OnnxNode aligned = context.node("Reshape", List.of(second, name(wanted)), second, Map.of());
        return List.of(shape, tail, zero, one, zeros, ones, inner, wanted, aligned);
    }

    private static String name(OnnxNode node) {
        return node.outputs().get(0);
    }
}
