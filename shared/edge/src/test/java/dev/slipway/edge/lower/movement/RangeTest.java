package dev.slipway.edge.lower.movement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.Converter;
import dev.slipway.edge.EdgeRunner;
import dev.slipway.edge.Target;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RangeTest {
    @Test
    void countsByWhatIsGivenAtRunTimeButNotByNothing() {
        OnnxModel model = OnnxGraphBuilder.named("range")
                .input("from", List.of())
                .input("until", List.of())
                .input("step", List.of())
                .node("Range", List.of("from", "until", "step"), "y")
                .output("y")
                .build();
        ConversionOptions options = ConversionOptions.to(Target.TFLITE).withSamples(List.of(numbers(1, 3, 0.5f)));
        byte[] file = new Converter().convert(model, options).file();
        try (EdgeRunner runner = EdgeRunner.open(Target.TFLITE, file)) {
            assertThat(runner.evaluate(numbers(5, 2, -1)).get("y").floats()).containsExactly(5, 4, 3);
            assertThat(runner.evaluate(numbers(5, 2, 1)).get("y").floats()).isEmpty();
            assertThatThrownBy(() -> runner.evaluate(numbers(1, 3, 0))).isInstanceOf(SlipwayException.class);
        }
    }

    private static Map<String, OnnxTensor> numbers(float from, float until, float step) {
        return Map.of(
                "from", OnnxTensor.float32("from", List.of(), from),
                "until", OnnxTensor.float32("until", List.of(), until),
                "step", OnnxTensor.float32("step", List.of(), step));
    }
}
