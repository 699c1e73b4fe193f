package dev.slipway.edge;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.edge.data.NumpySamples;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private final OnnxModel model = OnnxGraphBuilder.named("classifier")
            .input("x", batch("N", 3))
            .node("Softmax", List.of("x"), "scores")
            .output("scores")
            .build();
    private final NumpySamples samples = NumpySamples.of(
            model, Map.of("x", OnnxTensor.float32("x", List.of(4, 3), 9, 0, 0, 0, 9, 0, 0, 0, 9, 9, 0, 0)));

    @Test
    void countsWhatBothModelsClassifyRight() {
        Evaluation evaluation = evaluated(0, 1, 2, 2);
        assertThat(evaluation).isEqualTo(new Evaluation(4, 0.75, 0.75));
    }

    @Test
    void labelsMustBeAsManyAsRows() {
        assertThatThrownBy(() -> evaluated(0, 1, 2))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.code()).isEqualTo("edge.sample"));
        assertThatThrownBy(() -> evaluated(0, 1, 2, 0, 0)).hasMessageContaining("5 labels");
    }

    private Evaluation evaluated(long... labels) {
        byte[] file = new Converter()
                .convert(model, ConversionOptions.to(Target.TFLITE))
                .file();
        try (EdgeRunner runner = EdgeRunner.open(Target.TFLITE, file)) {
            return Evaluation.of(model, runner, samples, labels);
        }
    }
}
