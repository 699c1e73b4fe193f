package dev.slipway.edge.fuse;

import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * GELU by its definition, x · ½ · (1 + erf(x / √2)), or by its approximation, x · ½ · (1 + tanh(√(2/π) · (x + 0.044715 ·
 * x³))), in whatever order the factors stand. Source: Hendrycks and Gimpel, Gaussian Error Linear Units, 2016.
 */
final class GeluFusion implements Fusion {
    private static final double CUBIC = 0.044715;

    @Override
    public Optional<OnnxNode> fuse(OnnxNode last, Makers makers) {
        if (!last.operator().equals("Mul") && !last.operator().equals("Div")) {
            return Optional.empty();
        }
        String output = last.outputs().get(0);
        for (String factor : Product.of(output, "", makers).factors()) {
            Optional<OnnxNode> bell = makers.node(factor, "Add").flatMap(sum -> makers.besides(sum, 1)
                    .flatMap(value -> makers.node(value, "Erf").or(() -> makers.node(value, "Tanh"))));
            Optional<String> input = bell.flatMap(node -> argument(node, makers));
            if (input.isPresent() && Product.of(output, input.get(), makers).is(0.5, List.of(input.get(), factor))) {
                String operator = bell.orElseThrow().operator().equals("Erf") ? "Gelu" : "FastGelu";
                return Optional.of(new OnnxNode(
                        last.name(), Fuser.CONTRIBUTED, operator, List.of(input.get()), last.outputs(), Map.of()));
            }
        }
        return Optional.empty();
    }

    /** What GELU is taken of, by what its Erf or Tanh is taken of. */
    private static Optional<String> argument(OnnxNode bell, Makers makers) {
        return bell.operator().equals("Erf")
                ? ofErf(bell.inputs().get(0), makers)
                : ofTanh(bell.inputs().get(0), makers);
    }

    private static Optional<String> ofErf(String value, Makers makers) {
        return makers.node(value, "Div")
                .flatMap(node -> makers.besides(node, Math.sqrt(2)))
                .or(() -> makers.node(value, "Mul").flatMap(node -> makers.besides(node, Math.sqrt(0.5))));
    }

    private static Optional<String> ofTanh(String value, Makers makers) {
        Optional<OnnxNode> sum = makers.node(value, "Mul")
                .flatMap(node -> makers.besides(node, Math.sqrt(2 / Math.PI)))
                .flatMap(inner -> makers.node(inner, "Add"));
        if (sum.isEmpty()) {
            return Optional.empty();
        }
        String left = sum.get().inputs().get(0);
        String right = sum.get().inputs().get(1);
        if (Product.of(right, left, makers).is(CUBIC, List.of(left, left, left))) {
            return Optional.of(left);
        }
        return Product.of(left, right, makers).is(CUBIC, List.of(right, right, right))
                ? Optional.of(right)
                : Optional.empty();
    }
}
