package dev.slipway.edge.quantise;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Which ONNX operators ONNX Runtime computes with integers if their values are quantised and dequantised, and how. */
final class QdqRules {
    private static final Set<String> MOVEMENTS = Set.of(
            "DepthToSpace",
            "Flatten",
            "Gather",
            "MaxPool",
            "Reshape",
            "Slice",
            "SpaceToDepth",
            "Split",
            "Squeeze",
            "Tile",
            "Transpose",
            "Unsqueeze");

    private static final Set<String> LIMITS = Set.of("Relu", "Clip");
    private static final Set<String> BEFORE_LIMITS = Set.of("Conv", "Gemm", "MatMul", "Add", "Mul");

    private final Map<String, OnnxTensor> constants;

    QdqRules(Map<String, OnnxTensor> constants) {
        this.constants = constants;
    }

    /** Whether the operator only moves or picks elements, which is as easy with floats. */
    static boolean isMovement(OnnxNode node) {
        return MOVEMENTS.contains(node.operator()) || isNearestResize(node);
    }

    /** Whether the second can be part of rounding the result of the first. */
    static boolean isLimitOf(OnnxNode limit, OnnxNode maker) {
        return limit.domain().isEmpty()
                && LIMITS.contains(limit.operator())
                && maker.domain().isEmpty()
                && BEFORE_LIMITS.contains(maker.operator());
    }

    /** Empty if the node computes with floats only. */
    Optional<KernelRule> of(OnnxNode node) {
        if (!node.domain().isEmpty()) {
            return Optional.empty();
        }
        if (isMovement(node)) {
            return Optional.of(KernelRule.same(List.of(0)));
        }
        return switch (node.operator()) {
            case "Conv" -> product(node, 0, rank(node, 1) > 2);
            case "Gemm" -> {
                boolean plain = node.number("alpha").orElse(1f) == 1
                        && node.number("beta").orElse(1f) == 1
                        && node.integer("transA").orElse(0L) == 0;
                yield product(node, node.integer("transB").orElse(0L) == 0 ? 1 : 0, plain);
            }
            case "MatMul" -> constant(node, 1).isPresent() ? matrix(node) : Optional.of(KernelRule.own(0, 1));
            case "Add", "Mul" -> Optional.of(KernelRule.own(0, 1));
            case "AveragePool", "GlobalAveragePool", "LeakyRelu", "Relu" -> Optional.of(KernelRule.own(0));
            case "Clip" -> Optional.of(KernelRule.own(0)).filter(rule -> hasConstantsFrom(node, 1));
            case "Sigmoid" -> Optional.of(KernelRule.fixed(1f / 256, -128));
            case "Concat" ->
                Optional.of(KernelRule.own(
                        IntStream.range(0, node.inputs().size()).boxed().toArray(Integer[]::new)));
            default -> Optional.empty();
        };
    }

    /** Weights of two axes have a scale for each column; others have one. */
    private Optional<KernelRule> matrix(OnnxNode node) {
        OptionalInt axis = rank(node, 1) == 2 ? OptionalInt.of(1) : OptionalInt.empty();
        return rank(node, 1) < 2
                ? Optional.empty()
                : Optional.of(new KernelRule(
                        List.of(0), OptionalInt.of(1), axis, OptionalInt.empty(), false, Optional.empty(), true));
    }

    private Optional<KernelRule> product(OnnxNode node, int axis, boolean possible) {
        boolean constantBias = node.input(2).isEmpty()
                || constant(node, 2)
                        .filter(bias -> bias.shape().size() == 1
                                && constant(node, 1)
                                        .map(weights ->
                                                weights.shape().get(axis).equals(bias.size()))
                                        .orElse(false))
                        .isPresent();
        return possible && constantBias && constant(node, 1).isPresent()
                ? Optional.of(KernelRule.product(0, axis, 2))
                : Optional.empty();
    }

    private static boolean isNearestResize(OnnxNode node) {
        return node.operator().equals("Resize")
                && node.text("mode").orElse("nearest").equals("nearest");
    }

    private boolean hasConstantsFrom(OnnxNode node, int first) {
        return IntStream.range(first, node.inputs().size())
                .allMatch(i -> node.input(i).map(constants::containsKey).orElse(true));
    }

    private Optional<OnnxTensor> constant(OnnxNode node, int input) {
        return node.input(input).map(constants::get).filter(tensor -> tensor.type() == ElementType.FLOAT32);
    }

    private int rank(OnnxNode node, int input) {
        return constant(node, input).map(tensor -> tensor.shape().size()).orElse(0);
    }
}
