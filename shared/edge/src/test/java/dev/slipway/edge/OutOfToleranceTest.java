package dev.slipway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.edge.quantise.QuantisationOptions;
import dev.slipway.edge.report.ConversionReport;
import dev.slipway.edge.report.PrecisionReport;
import dev.slipway.kernel.SlipwayException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutOfToleranceTest {
    /** What no result can reach. */
    private static final ConversionOptions PERFECT = ConversionOptions.to(Target.TFLITE)
            .withTolerance(0)
            .withQuantisation(
                    QuantisationOptions.standard().withMinimumCosine(1).withMostTrials(0));

    private final Converter converter = new Converter();

    @ParameterizedTest
    @EnumSource(Precision.class)
    void isRefusedWithTheFiguresOfTheFileAndOfItsTensors(Precision precision) {
        ConversionOutcome outcome = converter
                .convertAll(TestModels.network(), PERFECT, List.of(precision))
                .get(0);

        assertThat(outcome).isInstanceOfSatisfying(ConversionOutcome.Refused.class, refused -> {
            assertThat(refused.reason().code()).isEqualTo("edge.parity");
            ConversionFigures figures = refused.figures().orElseThrow();
            assertThat(figures.precision()).isEqualTo(precision);
            assertThat(figures.parity().passed()).isFalse();
            assertThat(figures.parity().maximumError()).isPositive();
            assertThat(figures.fileBytes()).isPositive();
            assertThat(figures.operators()).isNotEmpty();
            assertThat(figures.tensors()).isNotEmpty();
        });
        assertThat(outcome.result()).isEmpty();
        assertThatExceptionOfType(SlipwayException.class).isThrownBy(outcome::orElseThrow);
    }

    @Test
    void isReportedAsFailedWithTheFirstTensorWhereTheErrorJumps() {
        ConversionOutcome.Refused refused = (ConversionOutcome.Refused) converter
                .convertAll(TestModels.network(), PERFECT, List.of(Precision.INT8))
                .get(0);

        PrecisionReport result = PrecisionReport.of(refused, Map.of("convert", Duration.ofMillis(5)));
        ConversionReport report = new ConversionReport("network", Map.of(), "1", List.of(result));

        assertThat(report.passed()).isFalse();
        String jump = result.firstJump().orElseThrow().parity().name();
        assertThat(report.toText())
                .contains("INT8: FAILED, least cosine")
                .contains(refused.reason().getMessage())
                .contains("the error first jumps at " + jump);
        assertThat(report.toJson()).contains("\"failure\"", "\"firstJump\" : \"" + jump);
        assertThat(report.toHtml()).contains("FAILED").contains("first jumps at <b>" + jump);
    }

    @Test
    void whatCouldNotBeMeasuredIsReportedWithItsReasonOnly() {
        ConversionOutcome.Refused refused = new ConversionOutcome.Refused(
                Precision.INT8, SlipwayException.invalid("edge.calibration", "No sample fits."), Optional.empty());

        ConversionReport report =
                new ConversionReport("network", Map.of(), "1", List.of(PrecisionReport.of(refused, Map.of())));

        assertThat(report.passed()).isFalse();
        assertThat(report.toText()).contains("INT8: FAILED\n  No sample fits.").doesNotContain("output");
        assertThat(report.toHtml()).contains("No sample fits.").doesNotContain("<table");
        assertThat(report.toJson()).contains("\"failure\" : \"No sample fits.\"");
    }
}
