package dev.slipway.edge.lower.quantised;

import static dev.slipway.onnx.AttributeValue.integer;
import static dev.slipway.onnx.AttributeValue.integers;
import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.ParityReport;
import dev.slipway.edge.Target;
import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Quantised operators give ONNX Runtime's integers. */
class QuantisedConversionTest {
    private static final String CONTRIBUTED = "com.microsoft";

    record Case(String name, OnnxModel model) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (ElementType type : List.of(ElementType.INT8, ElementType.UINT8)) {
            cases.add(new Case("per tensor " + type, quantised(type).output("q").build()));
            cases.add(new Case("back " + type, quantised(type).output("back").build()));
            cases.add(new Case("per axis " + type, perAxis(type)));
            for (int depth : List.of(8, 300, 1500)) {
                cases.add(new Case("MatMulInteger " + type + " " + depth, matrices("MatMulInteger", type, depth)));
                cases.add(new Case("QLinearMatMul " + type + " " + depth, matrices("QLinearMatMul", type, depth)));
            }
            for (int channels : List.of(3, 64, 400)) {
                cases.add(new Case("ConvInteger " + type + " " + channels, images("ConvInteger", type, channels)));
                cases.add(new Case("QLinearConv " + type + " " + channels, images("QLinearConv", type, channels)));
            }
            for (String operator : List.of("QLinearSigmoid", "QLinearLeakyRelu", "QLinearGlobalAveragePool")) {
                cases.add(new Case(operator + " " + type, function(operator, type, Map.of())));
            }
            cases.add(new Case(
                    "QLinearAveragePool " + type,
                    function("QLinearAveragePool", type, Map.of("kernel_shape", integers(2, 2)))));
            cases.add(new Case(
                    "QLinearSoftmax " + type,
                    function("QLinearSoftmax", type, Map.of("opset", integer(13), "axis", integer(1)))));
            cases.add(new Case(
                    "QLinearSoftmax of several axes " + type,
                    function("QLinearSoftmax", type, Map.of("opset", integer(11), "axis", integer(2)))));
            cases.add(new Case("NhwcMaxPool " + type, pool(type)));
            for (boolean rounded : List.of(true, false)) {
                cases.add(new Case("QGemm " + type + " " + rounded, quantisedGemm(type, rounded)));
            }
            cases.add(new Case("QLinearAdd " + type, arithmetic("QLinearAdd", type)));
            cases.add(new Case("QLinearMul " + type, arithmetic("QLinearMul", type)));
            cases.add(new Case("QLinearConcat " + type, concatenation(type)));
        }
        cases.add(new Case("DynamicQuantizeLinear", dynamic()));
        cases.add(new Case("MatMulIntegerToFloat", scaled()));
        cases.add(new Case("DynamicQuantizeMatMul", dynamicProduct()));
        for (int bits : List.of(4, 8)) {
            cases.add(new Case("MatMulNBits " + bits, blockwise(bits)));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesWhatOnnxRuntimeGives(Case example) {
        ConversionResult result = new Converter().convert(example.model(), ConversionOptions.to(Target.TFLITE));
        assertThat(result.parity().passed()).isTrue();
        assertThat(result.parity().outputs()).allMatch(output -> output.elements() > 0);
    }

    @Test
    void weightsThatAreQuantisedInTheModelBecomeFloats() {
        OnnxModel model = OnnxGraphBuilder.named("weights")
                .input("x", batch("N", 8))
                .initializer(bytes("w", ElementType.INT8, 3, 8, 4))
                .initializer(OnnxTensor.float32("s", List.of(), 0.02f))
                .node("DequantizeLinear", List.of("w", "s"), "d")
                .node("MatMul", List.of("x", "d"), "y")
                .output("y")
                .build();
        assertThat(new Converter()
                        .convert(model, ConversionOptions.to(Target.TFLITE))
                        .operators()
                        .keySet())
                .containsExactly("FULLY_CONNECTED");
    }

    @Test
    void everyOperatorOfTheFamilyIsInACase() {
        List<String> covered = new ArrayList<>();
        cases().forEach(example -> example.model().graph().nodes().forEach(node -> covered.add(node.operator())));
        assertThat(covered)
                .containsAll(QuantisedOperators.standard().entries().stream()
                        .map(OperatorEntry::operator)
                        .toList());
    }

    private static OnnxGraphBuilder quantised(ElementType type) {
        return parameters(image(), "", 0.0173f, type, 3)
                .node("QuantizeLinear", List.of("x", "s", "z"), "q")
                .node("DequantizeLinear", List.of("q", "s", "z"), "back");
    }

    private static OnnxModel perAxis(ElementType type) {
        Map<String, AttributeValue> axis = Map.of("axis", integer(-3));
        return image().initializer(OnnxTensor.float32("s", List.of(3), 0.011f, 0.0173f, 0.023f))
                .initializer(bytes("z", type, 5, 3))
                .node("QuantizeLinear", List.of("x", "s", "z"), "q", axis)
                .node("DequantizeLinear", List.of("q", "s", "z"), "back", axis)
                .output("q")
                .output("back")
                .build();
    }

    private static OnnxModel matrices(String operator, ElementType type, int depth) {
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("matrices").input("x", batch("N", 5, depth));
        parameters(builder, "", 0.0083f, type, 7)
                .node("QuantizeLinear", List.of("x", "s", "z"), "q")
                .initializer(bytes("w", type, 11, depth, 6));
        parameters(builder, "w", 0.0031f, type, 2);
        parameters(builder, "y", 0.19f, type, 1);
        List<String> inputs = operator.equals("MatMulInteger")
                ? List.of("q", "w", "z", "wz")
                : List.of("q", "s", "z", "w", "ws", "wz", "ys", "yz");
        return builder.node(operator, inputs, "y").output("y").build();
    }

    private static OnnxModel images(String operator, ElementType type, int channels) {
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("images").input("x", batch("N", channels, 6, 5));
        // ONNX Runtime's integer convolutions take unsigned images.
        parameters(builder, "", 0.0083f, ElementType.UINT8, 120)
                .node("QuantizeLinear", List.of("x", "s", "z"), "q")
                .initializer(bytes("w", type, 11, 4, channels, 3, 3));
        parameters(builder, "w", 0.0031f, type, 2);
        parameters(builder, "y", 0.13f, ElementType.UINT8, 99);
        Map<String, AttributeValue> attributes = Map.of("pads", integers(1, 1, 1, 1), "strides", integers(2, 1));
        if (operator.equals("ConvInteger")) {
            return builder.node(operator, List.of("q", "w", "z", "wz"), "y", attributes)
                    .output("y")
                    .build();
        }
        ByteBuffer bias = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bias.putInt(500).putInt(-900).putInt(12345).putInt(0);
        return builder.initializer(new OnnxTensor("b", ElementType.INT32, List.of(4), bias.flip()))
                .node(operator, List.of("q", "s", "z", "w", "ws", "wz", "ys", "yz", "b"), "y", attributes)
                .output("y")
                .build();
    }

    private static OnnxModel function(String operator, ElementType type, Map<String, AttributeValue> attributes) {
        OnnxGraphBuilder builder =
                parameters(image(), "", 0.0173f, type, 3).node("QuantizeLinear", List.of("x", "s", "z"), "q");
        parameters(builder, "y", 0.0091f, type, 1);
        builder.node(new OnnxNode(
                "function", CONTRIBUTED, operator, List.of("q", "s", "z", "ys", "yz"), List.of("y"), attributes));
        return contributed(builder.output("y").build());
    }

    private static OnnxModel arithmetic(String operator, ElementType type) {
        OnnxGraphBuilder builder =
                parameters(image(), "", 0.0173f, type, 3).node("QuantizeLinear", List.of("x", "s", "z"), "q");
        parameters(builder, "t", 0.0131f, type, 5).node("Neg", List.of("x"), "n");
        builder.node("QuantizeLinear", List.of("n", "ts", "tz"), "p");
        parameters(builder, "y", 0.0171f, type, 1);
        builder.node(new OnnxNode(
                "arithmetic",
                CONTRIBUTED,
                operator,
                List.of("q", "s", "z", "p", "ts", "tz", "ys", "yz"),
                List.of("y"),
                Map.of()));
        return contributed(builder.output("y").build());
    }

    private static OnnxModel concatenation(ElementType type) {
        OnnxGraphBuilder builder =
                parameters(image(), "", 0.0173f, type, 3).node("QuantizeLinear", List.of("x", "s", "z"), "q");
        parameters(builder, "y", 0.0091f, type, 1);
        builder.node(new OnnxNode(
                "concatenation",
                CONTRIBUTED,
                "QLinearConcat",
                List.of("ys", "yz", "q", "s", "z", "q", "s", "z"),
                List.of("y"),
                Map.of("axis", integer(1))));
        return contributed(builder.output("y").build());
    }

    private static OnnxModel pool(ElementType type) {
        OnnxGraphBuilder builder =
                parameters(image(), "", 0.0173f, type, 3).node("QuantizeLinear", List.of("x", "s", "z"), "q");
        builder.node(new OnnxNode(
                "pool",
                CONTRIBUTED,
                "NhwcMaxPool",
                List.of("q"),
                List.of("y"),
                Map.of("kernel_shape", integers(2, 3), "pads", integers(1, 1, 0, 1))));
        return contributed(builder.output("y").build());
    }

    private static OnnxModel quantisedGemm(ElementType type, boolean rounded) {
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("gemm").input("x", batch("N", 40));
        ByteBuffer bias = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        bias.putInt(500).putInt(-900).putInt(12345).putInt(0).putInt(7).putInt(-1);
        parameters(builder, "", 0.0083f, type, 7)
                .node("QuantizeLinear", List.of("x", "s", "z"), "q")
                .initializer(bytes("w", ElementType.INT8, 11, 6, 40))
                .initializer(OnnxTensor.float32("ws", List.of(6), 0.01f, 0.02f, 0.03f, 0.04f, 0.05f, 0.06f))
                .initializer(bytes("wz", ElementType.INT8, 5, 6))
                .initializer(new OnnxTensor("b", ElementType.INT32, List.of(6), bias.flip()));
        parameters(builder, "y", 0.9f, type, 1);
        List<String> inputs = List.of("q", "s", "z", "w", "ws", "wz", "b", "ys", "yz");
        builder.node(new OnnxNode(
                "gemm",
                CONTRIBUTED,
                "QGemm",
                rounded ? inputs : inputs.subList(0, 7),
                List.of("y"),
                Map.of("transB", integer(1), "alpha", AttributeValue.number(0.5f))));
        return contributed(builder.output("y").build());
    }

    @Test
    void oneRoundingAtRunTimeBehindAnotherIsNotHeldToTheToleranceOfFloats() {
        OnnxGraphBuilder chain = image();
        String value = "x";
        for (String layer : List.of("a", "b")) {
            chain.node(new OnnxNode(
                            "",
                            "",
                            "DynamicQuantizeLinear",
                            List.of(value),
                            List.of(layer + "q", layer + "s", layer + "z"),
                            Map.of()))
                    .node("DequantizeLinear", List.of(layer + "q", layer + "s", layer + "z"), layer + "f")
                    .node("Sigmoid", List.of(layer + "f"), layer);
            value = layer;
        }
        assertThat(parity(chain.output("b").build()).minimumCosine()).hasValue(0.999);
        assertThat(parity(dynamic()).minimumCosine()).isEmpty();
    }

    private static ParityReport parity(OnnxModel model) {
        return new Converter()
                .convert(model, ConversionOptions.to(Target.TFLITE))
                .parity();
    }

    private static OnnxModel dynamic() {
        return image().node(new OnnxNode(
                        "dynamic", "", "DynamicQuantizeLinear", List.of("x"), List.of("q", "s", "z"), Map.of()))
                .output("q")
                .output("s")
                .output("z")
                .build();
    }

    private static OnnxModel scaled() {
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("scaled").input("x", batch("N", 40));
        builder.node(new OnnxNode(
                        "dynamic", "", "DynamicQuantizeLinear", List.of("x"), List.of("q", "s", "z"), Map.of()))
                .initializer(bytes("w", ElementType.INT8, 11, 40, 6))
                .initializer(OnnxTensor.float32("ws", List.of(6), 0.01f, 0.02f, 0.03f, 0.04f, 0.05f, 0.06f))
                .initializer(OnnxTensor.float32("b", List.of(6), 1, 2, 3, 4, 5, 6));
        builder.node(new OnnxNode(
                "scaled",
                CONTRIBUTED,
                "MatMulIntegerToFloat",
                List.of("q", "w", "s", "ws", "z", "", "b"),
                List.of("y"),
                Map.of()));
        return contributed(builder.output("y").build());
    }

    private static OnnxModel dynamicProduct() {
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("product")
                .input("x", batch("N", 40))
                .initializer(bytes("w", ElementType.INT8, 11, 40, 6))
                .initializer(OnnxTensor.float32("ws", List.of(1), 0.01f))
                .initializer(OnnxTensor.float32("b", List.of(6), 1, 2, 3, 4, 5, 6));
        builder.node(new OnnxNode(
                "product",
                CONTRIBUTED,
                "DynamicQuantizeMatMul",
                List.of("x", "w", "ws", "", "b"),
                List.of("y"),
                Map.of()));
        return contributed(builder.output("y").build());
    }

    private static OnnxModel blockwise(int bits) {
        float[] scales = new float[12];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = 0.01f * (i + 1);
        }
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("blockwise")
                .input("x", batch("N", 32))
                .initializer(bytes("w", ElementType.UINT8, 11, 6, 2, 16 * bits / 8))
                .initializer(OnnxTensor.float32("s", List.of(12), scales));
        builder.node(new OnnxNode(
                "blockwise",
                CONTRIBUTED,
                "MatMulNBits",
                List.of("x", "w", "s"),
                List.of("y"),
                Map.of("K", integer(32), "N", integer(6), "bits", integer(bits), "block_size", integer(16))));
        return contributed(builder.output("y").build());
    }

    /** A scale and a zero point, whose names begin with {@code prefix}. */
    private static OnnxGraphBuilder parameters(
            OnnxGraphBuilder builder, String prefix, float scale, ElementType type, int zero) {
        return builder.initializer(OnnxTensor.float32(prefix + "s", List.of(), scale))
                .initializer(new OnnxTensor(prefix + "z", type, List.of(), ByteBuffer.wrap(new byte[] {(byte) zero})));
    }

    private static OnnxGraphBuilder image() {
        return OnnxGraphBuilder.named("image")
                .input(
                        "x",
                        List.of(Dimension.symbolic("N"), Dimension.fixed(3), Dimension.fixed(4), Dimension.fixed(5)));
    }

    private static OnnxTensor bytes(String name, ElementType type, long seed, Integer... shape) {
        byte[] bytes = new byte[Stream.of(shape).reduce(1, Math::multiplyExact)];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return new OnnxTensor(name, type, List.of(shape), ByteBuffer.wrap(bytes));
    }

    private static OnnxModel contributed(OnnxModel model) {
        return model.withOpset(CONTRIBUTED, 1);
    }
}
