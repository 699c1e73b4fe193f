package dev.slipway.edge.quantise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HistogramTest {
    private static final double LEVELS = 255;

    @Test
    void theWholeRangeHasZeroInIt() {
        assertThat(of(3, 5).range(RangeMethod.MINMAX, LEVELS)).isEqualTo(new Range(0, 5));
        assertThat(of(-3, -5).range(RangeMethod.MINMAX, LEVELS)).isEqualTo(new Range(-5, 0));
    }

    @Test
    void percentilesAndErrorsCutOffWhatIsRare() {
        Histogram histogram = new Histogram();
        SplittableRandom random = new SplittableRandom(1);
        float[] numbers = new float[200_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        numbers[17] = 1000;
        histogram.add(FloatBuffer.wrap(numbers));
        assertThat(histogram.range(RangeMethod.PERCENTILE, LEVELS).maximum()).isCloseTo(1, within(0.6));
        assertThat(histogram.range(RangeMethod.MSE, LEVELS).maximum()).isLessThan(1000);
        assertThat(histogram.range(RangeMethod.MINMAX, LEVELS).maximum()).isEqualTo(1000);
    }

    @ParameterizedTest
    @EnumSource
    void zerosAloneMakeAnEmptyRange(RangeMethod method) {
        assertThat(of(0, 0, 0).range(method, LEVELS)).isEqualTo(new Range(0, 0));
    }

    @Test
    void infinitiesAndNotANumberAreTold() {
        assertThat(of(1).isUnbounded()).isFalse();
        assertThat(of(Float.NEGATIVE_INFINITY).isUnbounded()).isTrue();
        assertThat(of(-3e38f).isUnbounded()).isTrue();
        assertThat(of(Float.POSITIVE_INFINITY).hasNotANumber()).isFalse();
        assertThat(of(Float.NaN).hasNotANumber()).isTrue();
    }

    private static Histogram of(float... numbers) {
        Histogram histogram = new Histogram();
        histogram.add(FloatBuffer.wrap(numbers));
        return histogram;
    }
}
