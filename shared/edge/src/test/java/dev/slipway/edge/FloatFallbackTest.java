package dev.slipway.edge;

import static dev.slipway.edge.TestModels.weights;
import static dev.slipway.onnx.OnnxGraphBuilder.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.edge.data.SampleSource;
import dev.slipway.edge.quantise.AccuracyTarget;
import dev.slipway.edge.quantise.QuantisationOptions;
import dev.slipway.edge.quantise.QuantisationReport;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.run.OnnxSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations are left float until a model is good enough, and no more of them than that takes. */
class FloatFallbackTest {
    private static final int WIDTH = 40;
    private static final int SAMPLES = 48;

    private final Converter converter = new Converter();
    private final OnnxModel model = drowned();
    private final List<Map<String, OnnxTensor>> samples = samples();

    @Test
    void onlyTheLayerThatDoesHarmStaysFloat() {
        ConversionResult result = converter.convert(model, options(Precision.DYNAMIC, calibrated()));

        assertThat(result.parity().cosine()).isGreaterThan(0.99);
        QuantisationReport report = result.quantisation().orElseThrow();
        assertThat(report.keptFloat()).singleElement().satisfies(layer -> {
            assertThat(layer.operator()).isEqualTo("FULLY_CONNECTED");
            assertThat(layer.name()).isEqualTo("y");
            assertThat(layer.won().orElseThrow()).isPositive();
        });
        assertThat(report.notes()).singleElement().asString().contains("'y' stayed float", "cosine", "lower by");
    }

    @Test
    void eachLayerLeftFloatIsOfUse() {
        ConversionResult result = converter.convert(model, options(Precision.INT8, calibrated()));

        assertThat(result.parity().cosine()).isGreaterThan(0.99);
        assertThat(result.quantisation().orElseThrow().keptFloat())
                .isNotEmpty()
                .allSatisfy(layer -> assertThat(layer.won().orElseThrow()).isPositive());
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"DYNAMIC", "INT8"})
    void withoutTrialsNothingStaysFloat(Precision precision) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() ->
                        converter.convert(model, options(precision, calibrated().withMostTrials(0))))
                .matches(e -> e.code().equals("edge.parity"), "code edge.parity");
    }

    @Test
    void nothingIsMeasuredWhereTheWholeWillDo() {
        ConversionResult result =
                converter.convert(model, options(Precision.DYNAMIC, calibrated().withMinimumCosine(0)));
        assertThat(result.quantisation()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"DYNAMIC", "INT8"})
    void layersStayFloatUntilTheLabelsAreFound(Precision precision) {
        QuantisationOptions loose = calibrated().withMinimumCosine(0);
        AccuracyTarget target = new AccuracyTarget(SampleSource.of(samples), labels(), 0.05);

        ConversionResult result = converter.convert(model, options(precision, loose.withAccuracy(target)));

        assertThat(result.quantisation().orElseThrow().keptFloat()).isNotEmpty();
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> converter.convert(
                        model, options(precision, loose.withAccuracy(target).withMostTrials(0))))
                .matches(e -> e.code().equals("edge.accuracy"), "code edge.accuracy")
                .withMessageContaining("it may drop by 0.05");
    }

    @Test
    void labelsMustFitTheSamples() {
        AccuracyTarget target = new AccuracyTarget(SampleSource.of(samples), List.of(1L, 2L), 0.05);
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> converter.convert(
                        model, options(Precision.INT8, calibrated().withAccuracy(target))))
                .matches(e -> e.code().equals("edge.sample"), "code edge.sample");
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> new AccuracyTarget(SampleSource.of(samples), List.of(), 1.5))
                .matches(e -> e.code().equals("edge.options"), "code edge.options");
    }

    private QuantisationOptions calibrated() {
        return QuantisationOptions.standard().withCalibration(SampleSource.of(samples));
    }

    private static ConversionOptions options(Precision precision, QuantisationOptions quantisation) {
        return ConversionOptions.to(Target.TFLITE).withPrecision(precision).withQuantisation(quantisation);
    }

    /** The second layer's first input is so large that 8 bits for all inputs leave nothing of the others; it has no weight. */
    private static OnnxModel drowned() {
        float[] scale = new float[WIDTH];
        Arrays.fill(scale, 1);
        scale[0] = 3000;
        float[] second = floats(weights("w2", 2, WIDTH, WIDTH));
        Arrays.fill(second, 0, WIDTH, 0);
        return OnnxGraphBuilder.named("drowned")
                .input("x", batch("N", WIDTH))
                .initializer(weights("w1", 1, WIDTH, WIDTH))
                .initializer(OnnxTensor.float32("s", List.of(WIDTH), scale))
                .initializer(OnnxTensor.float32("w2", List.of(WIDTH, WIDTH), second))
                .node("MatMul", List.of("x", "w1"), "a")
                .node("Mul", List.of("a", "s"), "b")
                .node("MatMul", List.of("b", "w2"), "y")
                .output("y", batch("N", WIDTH))
                .build();
    }

    private static List<Map<String, OnnxTensor>> samples() {
        Random random = new Random(5);
        List<Map<String, OnnxTensor>> samples = new ArrayList<>();
        for (int sample = 0; sample < SAMPLES; sample++) {
            float[] numbers = new float[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                numbers[i] = (float) random.nextGaussian();
            }
            samples.add(Map.of("x", OnnxTensor.float32("x", List.of(1, WIDTH), numbers)));
        }
        return samples;
    }

    /** What the ONNX model says itself, so that it is always right. */
    private List<Long> labels() {
        try (OnnxSession session = OnnxSession.open(model)) {
            return samples.stream()
                    .map(sample ->
                            (long) session.evaluate(sample).get("y").toTensor().greatest(0))
                    .toList();
        }
    }

    private static float[] floats(OnnxTensor tensor) {
        float[] numbers = new float[tensor.size()];
        tensor.data().asFloatBuffer().get(numbers);
        return numbers;
    }
}
