package dev.slipway.conversion.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.conversion.ParityReport;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ParityMeterTest {
    @Test
    void countsErrorsAgreementAndAccuracy() {
        ParityMeter meter = new ParityMeter();
        meter.add(scores(1, 0, 0, 1), scores(1, 0, 0.75f, 0.25f), Optional.of(new Tensor(List.of(2), new float[] {0, 1
        })));

        ParityReport report = meter.report(0.5);

        assertThat(report.samples()).isEqualTo(2);
        assertThat(report.maxAbsoluteError()).isEqualTo(0.75);
        assertThat(report.meanAbsoluteError()).isEqualTo(0.375);
        assertThat(report.agreement()).isEqualTo(0.5);
        assertThat(report.accuracy()).isEqualTo(0.5);
        assertThat(report.sourceAccuracy()).isEqualTo(1);
        assertThat(report.passed()).isFalse();
    }

    @Test
    void aNumberAgainstNoNumberNeverPasses() {
        ParityMeter meter = new ParityMeter();
        meter.add(scores(1, 0), scores(Float.NaN, 0), Optional.of(new Tensor(List.of(1), new float[] {0})));

        assertThat(meter.report(1e30).passed()).isFalse();
    }

    @Test
    void answersOfAnotherShapeAreRefused() {
        Tensor label = new Tensor(List.of(1), new float[] {0});
        assertThatThrownBy(() -> new ParityMeter().add(scores(1, 0), scores(1, 0, 1, 0), Optional.of(label)))
                .isInstanceOf(SlipwayException.class)
                .hasMessageContaining("[2, 2]");
    }

    @Property(tries = 100)
    void aModelAgreesWithItself(@ForAll @Size(6) List<@FloatRange(min = -10, max = 10) Float> values) {
        float[] array = new float[6];
        for (int i = 0; i < 6; i++) {
            array[i] = values.get(i);
        }
        ParityMeter meter = new ParityMeter();
        meter.add(
                scores(array), scores(Arrays.copyOf(array, 6)), Optional.of(new Tensor(List.of(3), new float[] {0, 1, 0
                })));

        ParityReport report = meter.report(0);

        assertThat(report.passed()).isTrue();
        assertThat(report.agreement()).isEqualTo(1);
        assertThat(report.accuracy()).isEqualTo(report.sourceAccuracy());
    }

    private static Tensor scores(float... values) {
        return new Tensor(List.of(values.length / 2, 2), values);
    }
}
