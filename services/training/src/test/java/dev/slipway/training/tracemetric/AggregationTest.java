package dev.slipway.training.tracemetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is made of the values of a group. */
class AggregationTest {
    private static final double[] VALUES = {1, 2, 4, 9};

    private static double percentile(double percentile, double... sorted) {
        return Aggregation.of("PERCENTILE", percentile).of(sorted);
    }

    @Test
    void figuresOfAGroup() {
        assertThat(Aggregation.of("COUNT", null).of(VALUES)).isEqualTo(4);
        assertThat(Aggregation.of("SUM", null).of(VALUES)).isEqualTo(16);
        assertThat(Aggregation.of("AVG", null).of(VALUES)).isEqualTo(4);
        assertThat(Aggregation.of("MIN", null).of(VALUES)).isEqualTo(1);
        assertThat(Aggregation.of("max", null).of(VALUES)).isEqualTo(9);
        assertThat(percentile(50, VALUES)).isEqualTo(3);
        assertThat(percentile(90, VALUES)).isEqualTo(7.5, within(1e-9));
        assertThat(percentile(99, 5)).isEqualTo(5);
        assertThat(Aggregation.of("PERCENTILE", 99.5).shown()).isEqualTo("P99.5");
    }

    @Property(tries = 200)
    void percentilesLieBetweenTheLeastAndTheGreatestValue(
            @ForAll @Size(min = 1, max = 20) double[] values,
            @ForAll @DoubleRange(min = 0, max = 100) double percentile) {
        double[] sorted =
                Arrays.stream(values).map(value -> value % 1e6).sorted().toArray();
        double slack = Math.ulp(1e6);
        assertThat(percentile(percentile, sorted)).isBetween(sorted[0] - slack, sorted[sorted.length - 1] + slack);
        assertThat(percentile(0, sorted)).isEqualTo(sorted[0]);
        assertThat(percentile(100, sorted)).isEqualTo(sorted[sorted.length - 1]);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> Aggregation.of("MEDIAN", null)).hasMessageContaining("no aggregation");
        assertThatThrownBy(() -> Aggregation.of("PERCENTILE", null)).hasMessageContaining("percentile_value");
        assertThatThrownBy(() -> Aggregation.of("PERCENTILE", 101.0)).hasMessageContaining("percentile_value");
        assertThatThrownBy(() -> Aggregation.of("PERCENTILE", Double.NaN)).hasMessageContaining("percentile_value");
        assertThatThrownBy(() -> Aggregation.of("SUM", 50.0)).hasMessageContaining("percentile_value");
    }
}
