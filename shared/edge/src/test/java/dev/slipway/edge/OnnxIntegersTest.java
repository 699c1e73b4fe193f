package dev.slipway.edge;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.edge.quantise.BorderType;
import dev.slipway.edge.quantise.QuantisationOptions;
import dev.slipway.edge.quantise.QuantisationReport;
import dev.slipway.edge.quantise.RangeMethod;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.run.OrtFormat;
import dev.slipway.onnx.run.OrtOperator;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxIntegersTest {
    private final Converter converter = new Converter();

    @Test
    void weightsAreSymmetricByOutputChannelAndBiasesInUnitsOfTheirProducts() {
        Graph graph = new Graph(convert(TestModels.digits().build(), QuantisationOptions.standard()));
        List<OnnxNode> products = graph.nodes("Conv", "Gemm");
        assertThat(products).hasSize(4).allSatisfy(product -> {
            OnnxNode input = graph.maker(product, 0);
            OnnxNode weights = graph.maker(product, 1);
            OnnxNode bias = graph.maker(product, 2);
            assertThat(List.of(input, weights, bias))
                    .allMatch(node -> node.operator().equals("DequantizeLinear"));
            OnnxTensor integers = graph.constant(weights, 0);
            assertThat(integers.type()).isEqualTo(ElementType.INT8);
            assertThat(weights.integer("axis")).contains(0L);
            float[] scales = graph.constant(weights, 1).floats();
            assertThat(scales).hasSize(integers.shape().get(0));
            assertThat(zeroPoints(graph.constant(weights, 2))).containsOnly(0);
            assertThat(graph.constant(bias, 0).type()).isEqualTo(ElementType.INT32);
            float inputScale = graph.constant(input, 1).floats()[0];
            float[] biasScales = graph.constant(bias, 1).floats();
            for (int i = 0; i < scales.length; i++) {
                assertThat(biasScales[i]).isEqualTo(inputScale * scales[i]);
            }
        });
    }

    @Test
    void activationsOf8BitsPassTheirScaleThroughWhatOnlyMovesThem() {
        Graph graph = new Graph(convert(TestModels.digits().build(), QuantisationOptions.standard()));
        for (OnnxNode node : graph.nodes("MaxPool", "Flatten")) {
            OnnxNode before = graph.maker(node, 0);
            OnnxNode after = graph.user(node.outputs().get(0));
            assertThat(after.operator()).isEqualTo("QuantizeLinear");
            assertThat(after.inputs().subList(1, 3)).isEqualTo(before.inputs().subList(1, 3));
            assertThat(graph.constant(after, 2).type()).isEqualTo(ElementType.INT8);
        }
        // A Relu is part of rounding the result before it.
        assertThat(graph.nodes("Relu")).hasSize(3).allSatisfy(relu -> {
            assertThat(graph.maker(relu, 0).operator()).isIn("Conv", "Gemm");
            OnnxNode rounding = graph.user(relu.outputs().get(0));
            assertThat(zeroPoints(graph.constant(rounding, 2))).containsExactly(-128);
        });
    }

    @Test
    void theFileIsSmallAndCloseToTheFloatModel() {
        OnnxModel model = TestModels.digits().build();
        List<ConversionResult> results = converter
                .convertAll(
                        model,
                        ConversionOptions.to(Target.ONNX),
                        List.of(Precision.FP32, Precision.INT8, Precision.INT16X8))
                .stream()
                .map(ConversionOutcome::orElseThrow)
                .toList();
        assertThat(results.get(1).file().length).isLessThan(results.get(0).file().length / 2);
        assertThat(results.get(1).parity().cosine()).isGreaterThan(0.995);
        assertThat(results.get(2).parity().cosine()).isGreaterThan(0.999);
        QuantisationReport report = results.get(1).quantisation().orElseThrow();
        assertThat(report.quantised()).isGreaterThanOrEqualTo(10);
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("random inputs"));
        assertThat(results.get(0).quantisation()).isEmpty();
    }

    @Test
    void onnxRuntimeComputesItWithIntegers() {
        ConversionOptions options = ConversionOptions.to(Target.ORT).withPrecision(Precision.INT8);
        ConversionResult result = converter.convert(TestModels.digits().build(), options);
        assertThat(OrtFormat.operators(ByteBuffer.wrap(result.file())))
                .extracting(OrtOperator::operator)
                .contains("QLinearConv", "QGemm", "MaxPool")
                .doesNotContain("Conv", "Gemm", "Relu");
        assertThat(result.parity().cosine()).isGreaterThan(0.995);
    }

    @ParameterizedTest
    @EnumSource(RangeMethod.class)
    void everyChoiceOfRangesDoes(RangeMethod method) {
        QuantisationOptions options = QuantisationOptions.standard().withRange(method);
        assertThat(convert(network(17), options).graph().nodes())
                .extracting(OnnxNode::operator)
                .contains("QuantizeLinear");
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 11, 13, 17, 21})
    void everyOperatorSetHasItsQuantisingOperators(long opset) {
        OnnxModel made = convert(network(opset), QuantisationOptions.standard());
        assertThat(made.opset()).isEqualTo(Math.max(opset, 10));
        assertThat(made.graph().nodes())
                .filteredOn(node -> node.operator().endsWith("quantizeLinear"))
                .allMatch(node -> node.domain().equals(opset < 13 ? "com.microsoft" : ""));
    }

    @Test
    void namedLayersStayFloat() {
        QuantisationOptions options = QuantisationOptions.standard().withFloatLayers(Set.of("d"));
        Graph graph = new Graph(convert(network(17), options));
        assertThat(graph.nodes("Gemm")).anySatisfy(product -> assertThat(
                        graph.constants.get(product.inputs().get(1)).type())
                .isEqualTo(ElementType.FLOAT32));
    }

    @Test
    void theWorstOperatorsStayFloatUntilTheResultIsCloseEnough() {
        ConversionOptions options = ConversionOptions.to(Target.ONNX)
                .withPrecision(Precision.INT8)
                .withQuantisation(QuantisationOptions.standard().withMinimumCosine(0.99999));
        ConversionResult result = converter.convert(TestModels.digits().build(), options);
        QuantisationReport report = result.quantisation().orElseThrow();
        assertThat(report.keptFloat()).isNotEmpty().isSortedAccordingTo((a, b) -> Double.compare(b.error(), a.error()));
        assertThat(result.parity().cosine()).isGreaterThanOrEqualTo(0.99999);
    }

    @Test
    void aQuantisedModelIsLeftAsItIs() {
        OnnxModel made = convert(network(17), QuantisationOptions.standard());
        ConversionResult again =
                converter.convert(made, ConversionOptions.to(Target.ONNX).withPrecision(Precision.INT8));
        assertThat(OnnxReader.read(again.file()).graph().nodes())
                .isEqualTo(made.graph().nodes());
        assertThat(again.quantisation().orElseThrow().warnings()).anyMatch(warning -> warning.contains("already"));
    }

    @Test
    void aNameThatNoOperatorHasIsSaid() {
        ConversionOptions options = ConversionOptions.to(Target.ONNX)
                .withPrecision(Precision.INT8)
                .withQuantisation(QuantisationOptions.standard().withFloatLayers(Set.of("nothing")));
        assertThat(converter
                        .convert(network(17), options)
                        .quantisation()
                        .orElseThrow()
                        .warnings())
                .anyMatch(warning -> warning.contains("'nothing'"));
    }

    @Test
    void integerInputsAreRefused() {
        ConversionOptions options = ConversionOptions.to(Target.ONNX)
                .withPrecision(Precision.INT8)
                .withQuantisation(QuantisationOptions.standard().withBorder(BorderType.INTEGER));
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> converter.convert(network(17), options))
                .matches(e -> e.code().equals("edge.options"), "code edge.options");
    }

    private OnnxModel convert(OnnxModel model, QuantisationOptions how) {
        ConversionOptions options =
                ConversionOptions.to(Target.ONNX).withPrecision(Precision.INT8).withQuantisation(how);
        return OnnxReader.read(converter.convert(model, options).file());
    }

    /** Products with constants and with one another, arithmetic, and what only moves elements. */
    private static OnnxModel network(long opset) {
        return OnnxGraphBuilder.named("network")
                .opset(opset)
                .input("x", batch("N", 12))
                .initializer(TestModels.weights("v", 1, 12, 24))
                .initializer(TestModels.weights("w", 2, 24, 24))
                .initializer(TestModels.weights("c", 3, 24))
                .integers("shape", -1, 4, 6)
                .node("MatMul", List.of("x", "v"), "a")
                .node("Sigmoid", List.of("a"), "s")
                .node("MatMul", List.of("s", "w"), "b")
                .node("Add", List.of("b", "c"), "d")
                .node("Relu", List.of("d"), "e")
                .node("Reshape", List.of("e", "shape"), "f")
                .node("Transpose", List.of("f"), "g", Map.of("perm", AttributeValue.integers(0, 2, 1)))
                .node("MatMul", List.of("f", "g"), "h")
                .node("Mul", List.of("h", "h"), "i")
                .node("Concat", List.of("h", "i"), "y", Map.of("axis", AttributeValue.integer(2)))
                .output("y", batch("N", 4, 8))
                .build();
    }

    private static int[] zeroPoints(OnnxTensor tensor) {
        ByteBuffer data = tensor.data();
        int[] numbers = new int[tensor.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = data.get();
        }
        return numbers;
    }

    /** A graph to ask questions of. */
    private static final class Graph {
        private final OnnxModel model;
        private final Map<String, OnnxTensor> constants;
        private final Map<String, OnnxNode> makers = new HashMap<>();

        Graph(OnnxModel model) {
            this.model = model;
            this.constants = model.graph().constants();
            model.graph().nodes().forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
        }

        List<OnnxNode> nodes(String... operators) {
            return model.graph().nodes().stream()
                    .filter(node -> List.of(operators).contains(node.operator()))
                    .toList();
        }

        OnnxNode maker(OnnxNode node, int input) {
            return makers.get(node.inputs().get(input));
        }

        OnnxNode user(String value) {
            return model.graph().nodes().stream()
                    .filter(node -> node.inputs().contains(value))
                    .findFirst()
                    .orElseThrow();
        }

        OnnxTensor constant(OnnxNode node, int input) {
            return constants.get(node.inputs().get(input));
        }
    }
}
