package dev.slipway.edge;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteTensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptScalesTest {
    private static final float IN = 0.02f;
    private static final float OUT = 0.03f;

    private final Converter converter = new Converter();

    @Test
    void aQuantisedNetworkKeepsItsWeightsAndComputesWithIntegers() {
        OnnxModel model = OnnxReader.read(converter
                .convert(
                        TestModels.digits().build(),
                        ConversionOptions.to(Target.ONNX).withPrecision(Precision.INT8))
                .file());
        ConversionResult result = convert(model);
        assertThat(result.operators())
                .containsEntry("CONV_2D", 2)
                .containsEntry("FULLY_CONNECTED", 2)
                .doesNotContainKeys("CAST", "ROUND", "RELU");
        assertThat(result.parity().cosine()).isGreaterThan(0.999);
        assertThat(result.quantisation().orElseThrow().samples()).isZero();
        List<Float> kept = tensors(result).stream()
                .filter(tensor -> tensor.quantization().isPresent())
                .flatMap(tensor -> tensor.quantization().get().scales().stream())
                .toList();
        model.graph().initializers().stream()
                .filter(tensor ->
                        tensor.type() == ElementType.FLOAT32 && tensor.shape().isEmpty())
                .forEach(scale -> assertThat(kept).contains(scale.floats()[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Add", "Mul", "Sub", "MatMul", "Max", "Concat"})
    void unsignedValuesOfBinaryOperatorsMoveTheirZeroPointBy128(String operator) {
        OnnxGraphBuilder builder =
                OnnxGraphBuilder.named("binary").input("a", batch("N", 4, 4)).input("b", batch("N", 4, 4));
        pair(builder, "a", "x", IN, 100);
        pair(builder, "b", "y", OUT, 130);
        builder.node(
                operator,
                List.of("x", "y"),
                "z",
                operator.equals("Concat") ? Map.of("axis", AttributeValue.integer(1)) : Map.of());
        pair(builder, "z", "result", OUT * 2, 120);
        ConversionResult result = convert(builder.output("result").build());
        assertThat(scales(result))
                .contains(
                        Quantization.perTensor(IN, -28),
                        Quantization.perTensor(OUT, 2),
                        Quantization.perTensor(OUT * 2, -8));
        // Two steps of the result, as an input may be rounded to its scale first.
        assertThat(result.parity().maximumError()).isLessThanOrEqualTo(OUT * 2 * 2.01);
    }

    @Test
    void roundingThatCutsOffStaysBeforeFloatOperators() {
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("cut").input("a", batch("N", 8));
        // Nothing below 0 can be told.
        pair(builder, "a", "x", IN, 0);
        builder.node("Erf", List.of("x"), "y").output("y");
        ConversionResult result = convert(builder.build());
        assertThat(result.operators()).containsKeys("QUANTIZE", "DEQUANTIZE");
        assertThat(result.parity().maximumError()).isLessThan(IN * 2);
    }

    @Test
    void floatPrecisionComputesAsEver() {
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("float").input("a", batch("N", 8));
        pair(builder, "a", "x", IN, 100);
        builder.node("Relu", List.of("x"), "y").output("y");
        ConversionResult result = converter.convert(builder.build(), ConversionOptions.to(Target.TFLITE));
        assertThat(result.operators()).doesNotContainKey("QUANTIZE");
    }

    private static void pair(OnnxGraphBuilder builder, String from, String to, float scale, int zeroPoint) {
        builder.initializer(OnnxTensor.float32(to + "_scale", List.of(), scale))
                .initializer(new OnnxTensor(
                        to + "_zero", ElementType.UINT8, List.of(), ByteBuffer.wrap(new byte[] {(byte) zeroPoint})))
                .node("QuantizeLinear", List.of(from, to + "_scale", to + "_zero"), to + "_q")
                .node("DequantizeLinear", List.of(to + "_q", to + "_scale", to + "_zero"), to);
    }

    private ConversionResult convert(OnnxModel model) {
        return converter.convert(model, ConversionOptions.to(Target.TFLITE).withPrecision(Precision.INT8));
    }

    private static List<TfliteTensor> tensors(ConversionResult result) {
        return TfliteReader.read(result.file()).entry().tensors();
    }

    private static List<Quantization> scales(ConversionResult result) {
        return tensors(result).stream()
                .filter(tensor -> tensor.type() == TensorType.INT8)
                .flatMap(tensor -> tensor.quantization().stream())
                .toList();
    }
}
