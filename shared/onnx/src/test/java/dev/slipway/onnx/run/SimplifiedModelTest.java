package dev.slipway.onnx.run;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimplifiedModelTest {
    @Test
    void normalisationBecomesPartOfTheConvolutionAndResultsStay() {
        OnnxModel model = OnnxGraphBuilder.named("normalised")
                .input("x", batch("N", 2, 5, 5))
                .initializer(numbers("w", 16, 2, 5, 5))
                .initializer(numbers("scale", 16))
                .initializer(numbers("shift", 16))
                .initializer(numbers("mean", 16))
                .initializer(numbers("variance", 16))
                .node("Conv", List.of("x", "w"), "a")
                .node("BatchNormalization", List.of("a", "scale", "shift", "mean", "variance"), "b")
                .node("Identity", List.of("b"), "c")
                .node("Relu", List.of("c"), "y")
                .output("y", batch("N", 16, 1, 1))
                .build();
        OnnxModel simple = SimplifiedModel.of(model);
        assertThat(simple.graph().nodes()).extracting(OnnxNode::operator).containsExactly("Conv", "Relu");
        assertThat(simple.graph().inputs()).isEqualTo(model.graph().inputs());
        Map<String, OnnxTensor> sample = Map.of("x", numbers("x", 3, 2, 5, 5));
        assertThat(outputs(simple, sample))
                .containsExactly(outputs(model, sample), org.assertj.core.data.Offset.offset(1e-5f));
    }

    private static float[] outputs(OnnxModel model, Map<String, OnnxTensor> sample) {
        try (OnnxSession session = OnnxSession.open(model)) {
            return session.evaluate(sample).get("y").floats();
        }
    }

    private static OnnxTensor numbers(String name, Integer... shape) {
        int size = List.of(shape).stream().reduce(1, Math::multiplyExact);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (i * 7 % 11 + 1) / 12f;
        }
        return OnnxTensor.float32(name, List.of(shape), values);
    }
}
