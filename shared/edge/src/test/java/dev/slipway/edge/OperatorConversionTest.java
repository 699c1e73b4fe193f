package dev.slipway.edge;

import static dev.slipway.edge.TestModels.weights;
import static dev.slipway.onnx.AttributeValue.integer;
import static dev.slipway.onnx.AttributeValue.integers;
import static dev.slipway.onnx.AttributeValue.text;
import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators of several families together, run by TFLite and by ONNX Runtime; each family has a test of its own. */
class OperatorConversionTest {

    record Case(String name, OnnxModel model) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String operator : List.of("GlobalAveragePool", "GlobalMaxPool", "Flatten", "Transpose")) {
            cases.add(of(operator, operator, Map.of()));
        }
        cases.add(of("Transpose with perm", "Transpose", Map.of("perm", integers(0, 3, 1, 2))));
        cases.add(new Case(
                "Concat",
                image().node("Neg", List.of("x"), "n")
                        .node("Concat", List.of("x", "n", "x"), "y", Map.of("axis", integer(-3)))
                        .output("y")
                        .build()));
        cases.addAll(shapes());
        return cases.stream();
    }

    private static List<Case> shapes() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(
                "Reshape",
                image().integers("s", 0, -1, 2, 5)
                        .node("Reshape", List.of("x", "s"), "y")
                        .output("y")
                        .build()));
        cases.add(new Case(
                "Unsqueeze and Squeeze",
                image().integers("a", 1)
                        .node("Unsqueeze", List.of("x", "a"), "u")
                        .node("Relu", List.of("u"), "r")
                        .node("Squeeze", List.of("r", "a"), "y")
                        .output("y")
                        .output("r")
                        .build()));
        cases.add(new Case(
                "Reshape to a shape that is computed",
                image().integers("from", 0)
                        .integers("to", 1)
                        .integers("rest", -1)
                        .node("Shape", List.of("x"), "shape")
                        .node("Slice", List.of("shape", "from", "to"), "n")
                        .node("Concat", List.of("n", "rest"), "s", Map.of("axis", integer(0)))
                        .node("Reshape", List.of("x", "s"), "y")
                        .output("y")
                        .build()));
        cases.add(new Case(
                "pooled image flattened in another order",
                image().node("GlobalAveragePool", List.of("x"), "p")
                        .node("Flatten", List.of("p"), "f")
                        .initializer(weights("w", 1, 3, 2))
                        .node("Gemm", List.of("f", "w"), "y")
                        .output("y")
                        .build()));
        cases.add(new Case(
                "outputs that are an input, a constant, and one value twice",
                image().initializer(weights("c", 1, 2, 2))
                        .node("Identity", List.of("x"), "same")
                        .node("Identity", List.of("c"), "constant")
                        .node("Relu", List.of("x"), "r")
                        .node("Identity", List.of("r"), "again")
                        .output("same")
                        .output("constant")
                        .output("r")
                        .output("again")
                        .build()));
        cases.add(new Case(
                "AveragePool with auto_pad",
                image().node(
                                "AveragePool",
                                List.of("x"),
                                "y",
                                Map.of("kernel_shape", integers(3, 3), "auto_pad", text("SAME_LOWER")))
                        .output("y")
                        .build()));
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatOnnxRuntimeGives(Case example) {
        ConversionResult result =
                new Converter().convert(OnnxWriter.write(example.model()), ConversionOptions.to(Target.TFLITE));
        assertThat(result.parity().passed()).isTrue();
        assertThat(result.parity().outputs()).allMatch(output -> output.elements() > 0);
    }

    private static Case of(String name, String operator, Map<String, AttributeValue> attributes) {
        return new Case(
                name,
                image().node(operator, List.of("x"), "y", attributes)
                        .output("y")
                        .build());
    }

    private static OnnxGraphBuilder image() {
        return OnnxGraphBuilder.named("image").input("x", batch("N", 3, 4, 5));
    }
}
