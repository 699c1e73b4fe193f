package dev.slipway.edge;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import dev.slipway.tflite.TfliteWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorComparisonTest {
    private static final ConversionOptions OPTIONS = ConversionOptions.to(Target.TFLITE);

    @ParameterizedTest
    @EnumSource(Layout.class)
    void comparesEveryTensorThatBothModelsHave(Layout layout) {
        List<TensorParity> tensors = new Converter().compareTensors(model(), OPTIONS.withLayout(layout));
        assertThat(tensors).extracting(tensor -> tensor.parity().name()).contains("r1", "p", "r2", "y");
        assertThat(tensors).allSatisfy(tensor -> assertThat(tensor.parity().within(1e-5))
                .as(tensor.toString())
                .isTrue());
        assertThat(TensorParity.firstJump(tensors, 1e-4)).isEmpty();
    }

    @Test
    void namesTheFirstTensorWhereAnErrorJumps() {
        OnnxModel model = model();
        TfliteModel right = new Converter().toTflite(model, OPTIONS);
        TfliteModel wrong = withLargerFloats(right, "w2");
        Map<String, OnnxTensor> sample = Map.of("x", TestModels.weights("x", 9, 1, 3, 8, 8));
        TensorComparison comparison = new TensorComparison(sample, Layout.KEEP);
        assertThat(comparison.againstFloat(right, right))
                .isNotEmpty()
                .allSatisfy(tensor -> assertThat(tensor.parity().maximumError()).isZero());
        Optional<TensorParity> jump = TensorParity.firstJump(comparison.againstFloat(right, wrong), 1e-4);
        assertThat(jump).isPresent();
        assertThat(jump.get().operator()).isEqualTo("CONV_2D");
        assertThat(jump.get().parity().name()).startsWith("r2");
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void tensorsOfAFileAreFoundByTheirNamesInEitherOrderOfAxes(Layout layout) {
        ConversionOptions options = OPTIONS.withLayout(layout);
        TfliteModel right = new Converter().toTflite(model(), options);
        TfliteModel wrong = withLargerFloats(right, "w2");

        List<TensorParity> good = new Verifier().compareTensors(model(), TfliteWriter.write(right), options);
        List<TensorParity> bad = new Verifier().compareTensors(model(), TfliteWriter.write(wrong), options);

        assertThat(good).extracting(tensor -> tensor.parity().name()).contains("r1", "p", "r2");
        assertThat(good)
                .allSatisfy(tensor -> assertThat(tensor.parity().within(1e-5)).isTrue());
        assertThat(TensorParity.firstJump(bad, 1e-4))
                .map(tensor -> tensor.parity().name())
                .contains("r2");
    }

    @Test
    void anErrorThatGrowsSlowlyIsNoJump() {
        assertThat(TensorParity.firstJump(List.of(tensor("a", 1e-7), tensor("b", 1e-6), tensor("c", 9e-6)), 1e-4))
                .isEmpty();
        assertThat(TensorParity.firstJump(List.of(tensor("a", 1e-7), tensor("b", 1e-3), tensor("c", 1)), 1e-4))
                .map(tensor -> tensor.parity().name())
                .contains("b");
    }

    private static TensorParity tensor(String name, double error) {
        return new TensorParity("ADD", new OutputParity(name, ElementType.FLOAT32, 1, 1, error, error, 60, 1, 1));
    }

    private static OnnxModel model() {
        Map<String, AttributeValue> pads = Map.of("pads", AttributeValue.integers(1, 1, 1, 1));
        return OnnxGraphBuilder.named("two convolutions")
                .input("x", batch("N", 3, 8, 8))
                .initializer(TestModels.weights("w1", 1, 4, 3, 3, 3))
                .initializer(TestModels.weights("w2", 2, 5, 4, 3, 3))
                .node("Conv", List.of("x", "w1"), "c1", pads)
                .node("Relu", List.of("c1"), "r1")
                .node("MaxPool", List.of("r1"), "p", Map.of("kernel_shape", AttributeValue.integers(2, 2)))
                .node("Conv", List.of("p", "w2"), "c2", pads)
                .node("Relu", List.of("c2"), "r2")
                .node("GlobalAveragePool", List.of("r2"), "y")
                .output("y")
                .build();
    }

    /** The model with the filter of its second convolution made larger. */
    private static TfliteModel withLargerFloats(TfliteModel model, String filter) {
        TfliteSubgraph entry = model.entry();
        List<TfliteTensor> tensors = new ArrayList<>(entry.tensors());
        tensors.replaceAll(tensor -> tensor.name().startsWith(filter)
                ? TfliteTensor.constant(
                        tensor.name(),
                        tensor.type(),
                        tensor.shape(),
                        larger(tensor.data().orElseThrow()))
                : tensor);
        return new TfliteModel(
                model.description(),
                List.of(new TfliteSubgraph(entry.name(), tensors, entry.operators(), entry.inputs(), entry.outputs())),
                model.signatures(),
                model.metadata());
    }

    private static ByteBuffer larger(ByteBuffer floats) {
        ByteBuffer larger = ByteBuffer.allocate(floats.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (floats.hasRemaining()) {
            larger.putFloat(1.5f * floats.getFloat());
        }
        return larger.flip();
    }
}
