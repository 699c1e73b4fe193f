package dev.slipway.edge;

import static dev.slipway.edge.TestModels.samePads;
import static dev.slipway.edge.TestModels.weights;
import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static dev.slipway.onnx.OnnxGraphBuilder.fixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.edge.data.SampleSource;
import dev.slipway.edge.quantise.BorderType;
import dev.slipway.edge.quantise.QuantisationOptions;
import dev.slipway.edge.quantise.QuantisationReport;
import dev.slipway.edge.quantise.RangeMethod;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisionConversionTest {
    private static final Set<BuiltinOperator> OF_ONE_SCALE = Set.of(
            BuiltinOperator.CONCATENATION,
            BuiltinOperator.MAX_POOL_2D,
            BuiltinOperator.AVERAGE_POOL_2D,
            BuiltinOperator.RESHAPE,
            BuiltinOperator.TRANSPOSE,
            BuiltinOperator.MAXIMUM,
            BuiltinOperator.MINIMUM,
            BuiltinOperator.SLICE,
            BuiltinOperator.SPLIT,
            BuiltinOperator.PAD);

    private final Converter converter = new Converter();

    private List<ConversionResult> convertAll(OnnxModel model, ConversionOptions options, List<Precision> precisions) {
        return converter.convertAll(model, options, precisions).stream()
                .map(ConversionOutcome::orElseThrow)
                .toList();
    }

    @Test
    void aPrecisionThatFailsKeepsNoOtherFromBeingMade() {
        ConversionOptions options = ConversionOptions.to(Target.ONNX);
        List<ConversionOutcome> outcomes = converter.convertAll(
                TestModels.digits().build(), options, List.of(Precision.DYNAMIC, Precision.FP32, Precision.FP16));
        assertThat(outcomes)
                .extracting(ConversionOutcome::precision)
                .containsExactly(Precision.DYNAMIC, Precision.FP32, Precision.FP16);
        assertThat(outcomes).extracting(outcome -> outcome.result().isPresent()).containsExactly(false, true, true);
        assertThat(outcomes.get(0)).isInstanceOfSatisfying(ConversionOutcome.Refused.class, refused -> assertThat(
                        refused.reason().code())
                .isEqualTo("edge.options"));
    }

    @Test
    void oneCallConvertsToEveryPrecision() {
        List<Precision> precisions = List.of(Precision.values());
        List<ConversionResult> results = convertAll(network(), ConversionOptions.to(Target.TFLITE), precisions);
        assertThat(results).extracting(ConversionResult::precision).containsExactlyElementsOf(precisions);
        assertThat(results)
                .allSatisfy(result -> assertThat(result.parity().passed()).isTrue());
        int whole = results.get(0).file().length;
        assertThat(results.subList(1, results.size()))
                .allSatisfy(result -> assertThat(result.file().length).isLessThan(whole));
        assertThat(results.get(1).parity().cosine()).isGreaterThan(0.99999);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyPrecisionOfRandomNetworksIsCloseToFloat(long seed) {
        List<ConversionResult> results =
                convertAll(random(seed), ConversionOptions.to(Target.TFLITE), List.of(Precision.values()));
        assertThat(results)
                .allSatisfy(result -> assertThat(result.parity().cosine()).isGreaterThan(0.99));
    }

    @ParameterizedTest
    @EnumSource(
            value = Target.class,
            names = {"ORT", "ONNX"})
    void otherTargetsHaveHalves(Target target) {
        ConversionOptions options = ConversionOptions.to(target);
        List<ConversionResult> results =
                convertAll(TestModels.digits().build(), options, List.of(Precision.FP32, Precision.FP16));
        assertThat(results.get(1).parity().cosine()).isGreaterThan(0.9999);
        assertThat(results.get(1).file().length).isLessThan(results.get(0).file().length * 3 / 4);
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(
                        () -> converter.convert(TestModels.digits().build(), options.withPrecision(Precision.DYNAMIC)))
                .matches(e -> e.code().equals("edge.options"), "code edge.options");
    }

    @Test
    void halfWeightsStandBehindDequantizeUnlessTooLarge() {
        OnnxModel model = OnnxGraphBuilder.named("halves")
                .input("x", batch("N", 32))
                .initializer(weights("w", 1, 32, 40))
                .initializer(huge("v", 40, 30))
                .node("MatMul", List.of("x", "w"), "a")
                .node("MatMul", List.of("a", "v"), "y")
                .output("y", batch("N", 30))
                .build();
        ConversionResult result = convert(model, Precision.FP16);
        assertThat(result.operators()).containsEntry("DEQUANTIZE", 1);
        TfliteSubgraph graph = graph(result);
        assertThat(constants(graph, TensorType.FLOAT16)).hasSize(1);
        assertThat(constants(graph, TensorType.FLOAT32))
                .anyMatch(tensor -> tensor.shape().contains(30));
        assertThat(borders(graph)).allMatch(tensor -> tensor.type() == TensorType.FLOAT32);
    }

    @Test
    void dynamicRangesTakeWeightsByOutputChannel() {
        TfliteSubgraph graph = graph(convert(network(), Precision.DYNAMIC));
        int narrow = 0;
        for (TfliteOperator operator : graph.operators()) {
            if (!isProduct(operator)) {
                continue;
            }
            TfliteTensor weights = input(graph, operator, 1);
            int elements = weights.shape().stream().reduce(1, Math::multiplyExact);
            assertThat(weights.type()).isEqualTo(elements < 1024 ? TensorType.FLOAT32 : TensorType.INT8);
            if (weights.type() == TensorType.INT8) {
                narrow++;
                assertSymmetric(weights, axis(operator));
            }
            if (operator.options() instanceof OperatorOptions.FullyConnected options
                    && weights.type() == TensorType.INT8) {
                assertThat(options.asymmetricQuantizeInputs()).isTrue();
            }
        }
        assertThat(narrow).isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"INT8", "INT16X8"})
    void integersFollowTheSpecification(Precision precision) {
        ConversionResult result = convert(network(), precision);
        assertFollowsSpecification(graph(result), precision);
        assertThat(result.quantisation().orElseThrow().warnings()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"INT8", "INT16X8"})
    void theBorderMayBeIntegers(Precision precision) {
        ConversionOptions options = ConversionOptions.to(Target.TFLITE)
                .withPrecision(precision)
                .withQuantisation(QuantisationOptions.standard().withBorder(BorderType.INTEGER));
        ConversionResult result = converter.convert(network(), options);
        assertThat(result.parity().passed()).isTrue();
        assertThat(borders(graph(result))).allSatisfy(tensor -> {
            assertThat(tensor.type()).isEqualTo(precision == Precision.INT8 ? TensorType.INT8 : TensorType.INT16);
            assertThat(tensor.quantization()).isPresent();
        });
        // HARD_SWISH has no kernel for 16 bits.
        assertThat(result.operators().getOrDefault("DEQUANTIZE", 0)).isEqualTo(precision == Precision.INT8 ? 0 : 1);
    }

    @ParameterizedTest
    @EnumSource
    void everyRangeMethodGivesAnAccurateModel(RangeMethod method) {
        ConversionOptions options = ConversionOptions.to(Target.TFLITE)
                .withPrecision(Precision.INT8)
                .withQuantisation(QuantisationOptions.standard().withRange(method));
        assertThat(converter.convert(network(), options).parity().cosine()).isGreaterThan(0.99);
    }

    @Test
    void theWorstLayersStayFloatUntilTheAccuracyHolds() {
        // Channels of very different magnitude, which one scale for all of them can't serve.
        OnnxModel model = uneven();
        ConversionOptions options = ConversionOptions.to(Target.TFLITE).withPrecision(Precision.INT8);
        QuantisationOptions strict = QuantisationOptions.standard().withMinimumCosine(0.9999);
        ConversionResult result = converter.convert(model, options.withQuantisation(strict));
        QuantisationReport report = result.quantisation().orElseThrow();
        assertThat(result.parity().cosine()).isGreaterThanOrEqualTo(0.9999);
        assertThat(report.keptFloat()).isNotEmpty();
        assertThat(report.keptFloat().get(0).error()).isPositive();
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> converter.convert(model, options.withQuantisation(strict.withMostTrials(0))))
                .matches(e -> e.code().equals("edge.parity"))
                .withMessageContaining("cosine");
    }

    @Test
    void namedLayersStayFloat() {
        ConversionOptions options = ConversionOptions.to(Target.TFLITE)
                .withPrecision(Precision.INT8)
                .withQuantisation(QuantisationOptions.standard().withFloatLayers(Set.of("g2")));
        TfliteSubgraph graph = graph(converter.convert(TestModels.digits().build(), options));
        assertThat(graph.operators())
                .filteredOn(operator -> operator.operator() == BuiltinOperator.FULLY_CONNECTED)
                .extracting(operator -> input(graph, operator, 1).type())
                .containsExactlyInAnyOrder(TensorType.INT8, TensorType.FLOAT32);
    }

    @Test
    void activationsThatNeverChangeAreNoHarm() {
        OnnxTensor zeros = OnnxTensor.float32("image", List.of(2, 1, 8, 8), new float[128]);
        ConversionResult result =
                converter.convert(TestModels.digits().build(), calibrated(Precision.INT8, Map.of("image", zeros)));
        assertThat(result.parity().passed()).isTrue();
    }

    @Test
    void unusableCalibrationDataAreRefused() {
        OnnxModel model = TestModels.digits().build();
        OnnxTensor wide = OnnxTensor.float32("image", List.of(1, 1, 8, 9), new float[72]);
        float[] numbers = new float[64];
        numbers[7] = Float.NaN;
        OnnxTensor nan = OnnxTensor.float32("image", List.of(1, 1, 8, 8), numbers);
        for (Map<String, OnnxTensor> sample :
                List.of(Map.of("image", wide), Map.of("image", nan), Map.of("other", nan))) {
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> converter.convert(model, calibrated(Precision.INT8, sample)))
                    .matches(e -> e.code().equals("edge.calibration"), "code edge.calibration");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"DYNAMIC", "INT8", "INT16X8"})
    void weightsThatAreNoNumbersAreRefused(Precision precision) {
        float[] numbers = new float[40 * 40];
        Arrays.fill(numbers, 0.5f);
        numbers[11] = Float.NaN;
        OnnxModel model = OnnxGraphBuilder.named("nan")
                .input("x", batch("N", 40))
                .initializer(OnnxTensor.float32("w", List.of(40, 40), numbers))
                .node("MatMul", List.of("x", "w"), "y")
                .output("y", batch("N", 40))
                .build();
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> convert(model, precision))
                .matches(e -> Set.of("edge.quantise", "edge.calibration").contains(e.code()), "code");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        QuantisationOptions options = QuantisationOptions.standard();
        assertThatExceptionOfType(SlipwayException.class).isThrownBy(() -> options.withMinimumCosine(1.5));
        assertThatExceptionOfType(SlipwayException.class).isThrownBy(() -> options.withMostTrials(-1));
    }

    private void assertFollowsSpecification(TfliteSubgraph graph, Precision precision) {
        boolean wide = precision == Precision.INT16X8;
        TensorType activation = wide ? TensorType.INT16 : TensorType.INT8;
        int products = 0;
        for (TfliteOperator operator : graph.operators()) {
            TfliteTensor output = graph.tensors().get(operator.outputs().get(0));
            if (output.type() != activation) {
                continue;
            }
            if (wide) {
                assertThat(output.quantization().orElseThrow().zeroPoints()).containsExactly(0L);
            }
            if (isProduct(operator)) {
                products++;
                assertSymmetric(input(graph, operator, 1), axis(operator));
                assertBias(graph, operator, wide);
            }
            if (OF_ONE_SCALE.contains(operator.operator())) {
                operator.inputs().stream()
                        .map(graph.tensors()::get)
                        .filter(tensor -> tensor.type() == activation)
                        .forEach(tensor -> assertThat(tensor.quantization()).isEqualTo(output.quantization()));
            }
            fixedOutput(operator, wide)
                    .ifPresent(wanted -> assertThat(output.quantization()).contains(wanted));
        }
        assertThat(products).isPositive();
    }

    private static Optional<Quantization> fixedOutput(TfliteOperator operator, boolean wide) {
        if (wide) {
            return switch (operator.operator()) {
                case LOGISTIC, SOFTMAX, TANH -> Optional.of(Quantization.perTensor(1f / 32768, 0));
                default -> Optional.empty();
            };
        }
        return switch (operator.operator()) {
            case LOGISTIC, SOFTMAX -> Optional.of(Quantization.perTensor(1f / 256, -128));
            case TANH, L2_NORMALIZATION -> Optional.of(Quantization.perTensor(1f / 128, 0));
            case LOG_SOFTMAX -> Optional.of(Quantization.perTensor(16f / 256, 127));
            default -> Optional.empty();
        };
    }

    private static void assertBias(TfliteSubgraph graph, TfliteOperator operator, boolean wide) {
        TfliteTensor bias = input(graph, operator, 2);
        Quantization weights = input(graph, operator, 1).quantization().orElseThrow();
        float scale =
                input(graph, operator, 0).quantization().orElseThrow().scales().get(0);
        assertThat(bias.type()).isEqualTo(wide ? TensorType.INT64 : TensorType.INT32);
        Quantization how = bias.quantization().orElseThrow();
        assertThat(how.zeroPoints()).containsOnly(0L);
        assertThat(how.scales())
                .isEqualTo(
                        weights.scales().stream().map(weight -> weight * scale).toList());
    }

    private static void assertSymmetric(TfliteTensor weights, int axis) {
        assertThat(weights.type()).isEqualTo(TensorType.INT8);
        Quantization how = weights.quantization().orElseThrow();
        assertThat(how.axis()).isEqualTo(axis);
        assertThat(how.scales()).hasSize(weights.shape().get(axis));
        assertThat(how.zeroPoints()).containsOnly(0L);
        ByteBuffer data = weights.data().orElseThrow();
        while (data.hasRemaining()) {
            assertThat(data.get()).isGreaterThan(Byte.MIN_VALUE);
        }
    }

    private static boolean isProduct(TfliteOperator operator) {
        return switch (operator.operator()) {
            case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED -> true;
            default -> false;
        };
    }

    private static int axis(TfliteOperator operator) {
        return operator.operator() == BuiltinOperator.DEPTHWISE_CONV_2D ? 3 : 0;
    }

    private ConversionResult convert(OnnxModel model, Precision precision) {
        return converter.convert(model, ConversionOptions.to(Target.TFLITE).withPrecision(precision));
    }

    private static ConversionOptions calibrated(Precision precision, Map<String, OnnxTensor> sample) {
        return ConversionOptions.to(Target.TFLITE)
                .withPrecision(precision)
                .withQuantisation(QuantisationOptions.standard().withCalibration(SampleSource.of(List.of(sample))));
    }

    private static TfliteSubgraph graph(ConversionResult result) {
        return TfliteReader.read(result.file()).entry();
    }

    private static TfliteTensor input(TfliteSubgraph graph, TfliteOperator operator, int place) {
        return graph.tensors().get(operator.inputs().get(place));
    }

    private static List<TfliteTensor> borders(TfliteSubgraph graph) {
        List<Integer> numbers = new ArrayList<>(graph.inputs());
        numbers.addAll(graph.outputs());
        return numbers.stream().map(graph.tensors()::get).toList();
    }

    private static List<TfliteTensor> constants(TfliteSubgraph graph, TensorType type) {
        return graph.tensors().stream()
                .filter(tensor -> tensor.type() == type && tensor.data().isPresent())
                .toList();
    }

    private static OnnxTensor huge(String name, int rows, int columns) {
        float[] values = new float[rows * columns];
        Arrays.fill(values, 1);
        values[0] = 70000;
        return OnnxTensor.float32(name, List.of(rows, columns), values);
    }

    /** Convolutions of both kinds, pooling, a branch, a gate, a classifier. */
    private static OnnxModel network() {
        return OnnxGraphBuilder.named("network")
                .input("image", batch("N", 3, 16, 12))
                .initializer(weights("w1", 1, 16, 3, 3, 3))
                .initializer(weights("b1", 2, 16))
                .initializer(weights("w2", 3, 16, 1, 3, 3))
                .initializer(weights("w3", 4, 16, 16, 3, 3))
                .initializer(weights("w4", 5, 16, 16, 1, 1))
                .initializer(weights("w5", 6, 32 * 8 * 6, 10))
                .node("Conv", List.of("image", "w1", "b1"), "c1", samePads())
                .node("Relu", List.of("c1"), "r1")
                .node(
                        "Conv",
                        List.of("r1", "w2"),
                        "c2",
                        Map.of("pads", AttributeValue.integers(1, 1, 1, 1), "group", AttributeValue.integer(16)))
                .node("HardSwish", List.of("c2"), "h2")
                .node("Conv", List.of("h2", "w3"), "c3", samePads())
                .node("GlobalAveragePool", List.of("c3"), "pooled")
                .node("Conv", List.of("pooled", "w4"), "gate")
                .node("Sigmoid", List.of("gate"), "s")
                .node("Mul", List.of("c3", "s"), "gated")
                .node("Concat", List.of("gated", "r1"), "both", Map.of("axis", AttributeValue.integer(1)))
                .node("MaxPool", List.of("both"), "halved", TestModels.halving())
                .node("Flatten", List.of("halved"), "flat")
                .node("MatMul", List.of("flat", "w5"), "product")
                .node("Softmax", List.of("product"), "scores", Map.of("axis", AttributeValue.integer(-1)))
                .output("scores", batch("N", 10))
                .build();
    }

    private static OnnxModel uneven() {
        float[] magnitudes = {1, 300, 0.5f, 900};
        return OnnxGraphBuilder.named("uneven")
                .input("x", fixed(2, 4, 6, 6))
                .initializer(weights("w1", 1, 4, 4, 1, 1))
                .initializer(OnnxTensor.float32("up", List.of(1, 4, 1, 1), magnitudes))
                .initializer(OnnxTensor.float32("down", List.of(1, 4, 1, 1), 1, 1 / 300f, 2, 1 / 900f))
                .node("Relu", List.of("x"), "a")
                .node("Mul", List.of("a", "up"), "b")
                .node("Tanh", List.of("b"), "t")
                .node("Add", List.of("b", "t"), "u")
                .node("Mul", List.of("u", "down"), "c")
                .node("Conv", List.of("c", "w1"), "y")
                .output("y", fixed(2, 4, 6, 6))
                .build();
    }

    private static OnnxModel random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int channels = 8 * random.nextInt(1, 4);
        OnnxGraphBuilder builder = OnnxGraphBuilder.named("random").input("x", batch("N", channels, 9, 8));
        String current = "x";
        for (int layer = 0; layer < 6; layer++) {
            String next = "v" + layer;
            switch (random.nextInt(6)) {
                case 0 ->
                    builder.initializer(weights("w" + layer, seed + layer, channels, channels, 3, 3))
                            .node("Conv", List.of(current, "w" + layer), next, samePads());
                case 1 ->
                    builder.initializer(weights("w" + layer, seed + layer, channels, 1, 3, 3))
                            .node(
                                    "Conv",
                                    List.of(current, "w" + layer),
                                    next,
                                    Map.of(
                                            "pads",
                                            AttributeValue.integers(1, 1, 1, 1),
                                            "group",
                                            AttributeValue.integer(channels)));
                case 2 -> builder.node("Relu", List.of(current), next);
                case 3 -> builder.node("Sigmoid", List.of(current), next);
                case 4 -> builder.node("Add", List.of(current, "x"), next);
                default ->
                    builder.node(
                            "AveragePool",
                            List.of(current),
                            next,
                            Map.of(
                                    "kernel_shape", AttributeValue.integers(3, 3),
                                    "pads", AttributeValue.integers(1, 1, 1, 1),
                                    "count_include_pad", AttributeValue.integer(1)));
            }
            current = next;
        }
        return builder.initializer(weights("last", seed, 40, channels, 3, 3))
                .node("Conv", List.of(current, "last"), "y")
                .output("y", batch("N", 40, 7, 6))
                .build();
    }
}
