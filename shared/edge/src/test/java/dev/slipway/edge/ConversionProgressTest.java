package dev.slipway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slipway.edge.quantise.QuantisationOptions;
import dev.slipway.kernel.SlipwayException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversionProgressTest {
    private record Told(ConversionStep step, int done, int total) {}

    private final List<Told> told = new ArrayList<>();
    private final Converter converter = new Converter((step, done, total) -> told.add(new Told(step, done, total)));

    @Test
    void aFloatConversionTellsOfItsStepsInOrder() {
        converter.convert(TestModels.network(), ConversionOptions.to(Target.TFLITE));

        assertThat(told.stream().map(Told::step).distinct())
                .containsExactly(ConversionStep.PROBE, ConversionStep.LOWER, ConversionStep.VERIFY);
        assertThat(told).contains(new Told(ConversionStep.VERIFY, 0, 6), new Told(ConversionStep.VERIFY, 6, 6));
    }

    @Test
    void aQuantisedOneTellsOfEverySampleAndTrial() {
        QuantisationOptions strict = QuantisationOptions.standard().withMinimumCosine(0.99999999);
        ConversionOptions options = ConversionOptions.to(Target.TFLITE)
                .withPrecision(Precision.INT8)
                .withQuantisation(strict.withMostTrials(3));

        converter.convert(TestModels.network(), options.withTolerance(1e3));
        // Good at once, so that nothing need be tried.
        assertThat(told).extracting(Told::step).doesNotContain(ConversionStep.MEASURE);

        assertThat(stepsOf(options.withTolerance(0)))
                .containsExactly(
                        ConversionStep.PROBE,
                        ConversionStep.LOWER,
                        ConversionStep.CALIBRATE,
                        ConversionStep.MEASURE,
                        ConversionStep.MIX,
                        ConversionStep.VERIFY);
        for (ConversionStep step : List.of(ConversionStep.CALIBRATE, ConversionStep.MEASURE, ConversionStep.VERIFY)) {
            List<Told> ofStep = told.stream().filter(one -> one.step() == step).toList();
            assertThat(ofStep).isSortedAccordingTo((a, b) -> Integer.compare(a.done(), b.done()));
            assertThat(ofStep.get(0).done()).isZero();
            assertThat(ofStep).last().satisfies(end -> assertThat(end.done()).isEqualTo(end.total()));
        }
    }

    @Test
    void whatTheListenerThrowsEndsTheConversion() {
        Converter stopped = new Converter((step, done, total) -> {
            if (step == ConversionStep.VERIFY) {
                throw new IllegalStateException("enough");
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> stopped.convert(TestModels.network(), ConversionOptions.to(Target.TFLITE)))
                .withMessage("enough");
    }

    private List<ConversionStep> stepsOf(ConversionOptions options) {
        told.clear();
        try {
            converter.convert(TestModels.network(), options);
        } catch (SlipwayException e) {
            // That much accuracy is not to be had; it is told of all the same.
            assertThat(e.code()).isEqualTo("edge.parity");
        }
        return told.stream().map(Told::step).distinct().toList();
    }
}
