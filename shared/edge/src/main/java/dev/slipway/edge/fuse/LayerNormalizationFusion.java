package dev.slipway.edge.fuse;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Layer normalisation over the last axis: (x − mean(x)) / √(mean((x − mean(x))²) + ε) · scale, as PyTorch exports it to
 * operator sets that don't have it. A shift behind it stays an addition.
 */
final class LayerNormalizationFusion implements Fusion {
    @Override
    public Optional<OnnxNode> fuse(OnnxNode last, Makers makers) {
        if (!last.operator().equals("Mul") || last.inputs().size() != 2) {
            return Optional.empty();
        }
        return fuse(last, last.inputs().get(0), last.inputs().get(1), makers)
                .or(() -> fuse(last, last.inputs().get(1), last.inputs().get(0), makers));
    }

    private static Optional<OnnxNode> fuse(OnnxNode last, String normalised, String scale, Makers makers) {
        Optional<OnnxNode> quotient = makers.node(normalised, "Div");
        Optional<OnnxNode> sum = quotient.flatMap(
                        node -> makers.node(node.inputs().get(1), "Sqrt"))
                .flatMap(root -> makers.node(root.inputs().get(0), "Add"));
        Optional<OnnxNode> centred =
                quotient.flatMap(node -> makers.node(node.inputs().get(0), "Sub"));
        boolean vector = makers.constant(scale)
                .filter(tensor -> tensor.shape().size() == 1)
                .isPresent();
        if (sum.isEmpty() || centred.isEmpty() || !vector) {
            return Optional.empty();
        }
        String input = centred.get().inputs().get(0);
        boolean byMean = lastAxisMean(centred.get().inputs().get(1), makers)
                .filter(input::equals)
                .isPresent();
        for (String term : sum.get().inputs()) {
            Optional<Double> epsilon = sum.get().inputs().stream()
                    .filter(other -> !other.equals(term))
                    .findFirst()
                    .flatMap(makers::number);
            boolean variance = lastAxisMean(term, makers)
                    .flatMap(square -> squared(square, makers))
                    .filter(centred.get().outputs().get(0)::equals)
                    .isPresent();
            if (byMean && variance && epsilon.isPresent()) {
                return Optional.of(new OnnxNode(
                        last.name(),
                        "",
                        "LayerNormalization",
                        List.of(input, scale),
                        last.outputs(),
                        Map.of(
                                "axis", AttributeValue.integer(-1),
                                "epsilon", AttributeValue.number(epsilon.get().floatValue()))));
            }
        }
        return Optional.empty();
    }

    /** What the value is the mean of, along the last axis alone, which is kept. */
    private static Optional<String> lastAxisMean(String value, Makers makers) {
        return makers.node(value, "ReduceMean")
                .filter(node -> node.integer("keepdims").orElse(1L) == 1)
                .filter(node -> node.integers("axes")
                        .or(() -> node.input(1)
                                .flatMap(makers::constant)
                                .map(OnnxTensor::longs)
                                .map(axes -> Arrays.stream(axes).boxed().toList()))
                        .filter(List.of(-1L)::equals)
                        .isPresent())
                .map(node -> node.inputs().get(0));
    }

    private static Optional<String> squared(String value, Makers makers) {
        Optional<String> power = makers.node(value, "Pow")
                .filter(node -> makers.isNumber(node.inputs().get(1), 2))
                .map(node -> node.inputs().get(0));
        return power.or(() -> makers.node(value, "Mul")
                .filter(node -> node.inputs().get(0).equals(node.inputs().get(1)))
                .map(node -> node.inputs().get(0)));
    }
}
