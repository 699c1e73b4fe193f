package dev.slipway.onnx.run;

import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that would end the process: each did, when it was found. */
class UncheckedUsesTest {

    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of("lacks an input", model("Min", List.of("x", ""), List.of("y"), Map.of())),
                Arguments.of(
                        "the axis 9223372036854775807",
                        model(
                                "Softmax",
                                List.of("x"),
                                List.of("y"),
                                Map.of("axis", AttributeValue.integer(Long.MAX_VALUE)))),
                Arguments.of(
                        "1 outputs, but has 2",
                        model(
                                "Split",
                                List.of("x"),
                                List.of("y", "z"),
                                Map.of("num_outputs", AttributeValue.integer(1)))),
                Arguments.of(
                        "the steps [9223372036854775807]",
                        model("Slice", List.of("x", "from", "to", "", "by"), List.of("y"), Map.of())));
    }

    @ParameterizedTest
    @MethodSource("models")
    void isRefusedBeforeItIsLoaded(String why, OnnxModel model) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> OnnxSession.open(model).close())
                .withMessageContaining("Node 'odd' (")
                .withMessageContaining(why)
                .extracting(SlipwayException::code)
                .isEqualTo("onnx.malformed");
    }

    private static OnnxModel model(
            String operator, List<String> inputs, List<String> outputs, Map<String, AttributeValue> attributes) {
        return OnnxGraphBuilder.named("odd")
                .opset(18)
                .input("x", fixed(4, 6))
                .integers("from", 0)
                .integers("to", 4)
                .integers("by", Long.MAX_VALUE)
                .node(new OnnxNode("odd", "", operator, inputs, outputs, attributes))
                .output("y")
                .build();
    }
}
