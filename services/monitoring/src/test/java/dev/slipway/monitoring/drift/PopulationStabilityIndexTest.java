package dev.slipway.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PopulationStabilityIndexTest {
    @Property(tries = 200)
    void isSymmetricAndNeverNegative(
            @ForAll @Size(5) List<@LongRange(max = 5000) Long> first,
            @ForAll @Size(5) List<@LongRange(max = 5000) Long> second) {
        double index = PopulationStabilityIndex.of(first, second);
        assertThat(index).isFinite().isGreaterThanOrEqualTo(0);
        assertThat(PopulationStabilityIndex.of(second, first)).isCloseTo(index, within(1e-12));
    }

    @Property(tries = 200)
    void equalHistogramsHaveNone(@ForAll @Size(min = 1, max = 20) List<@LongRange(max = 5000) Long> counts) {
        assertThat(PopulationStabilityIndex.of(counts, counts)).isZero();
    }

    @Test
    void agreesWithTheFormulaWorkedByHand() {
        // Shares 0.5, 0.5 and 0.8, 0.2: 0.3 · ln 1.6 + 0.3 · ln 2.5; so many that the smoothing does not show.
        double expected = 0.3 * Math.log(1.6) + 0.3 * Math.log(2.5);
        assertThat(PopulationStabilityIndex.of(List.of(5_000_000L, 5_000_000L), List.of(8_000_000L, 2_000_000L)))
                .isCloseTo(expected, within(1e-5));
    }

    @Test
    void anEmptyBinGivesAFiniteNumberThatGrowsWithTheEvidence() {
        double little = PopulationStabilityIndex.of(List.of(100L, 0L), List.of(95L, 5L));
        double much = PopulationStabilityIndex.of(List.of(1000L, 0L), List.of(0L, 1000L));
        assertThat(little).isLessThan(0.2);
        assertThat(much).isFinite().isGreaterThan(5);
    }

    @Test
    void aConstantBaselineTellsEqualFromBelowAndAbove() {
        QuantileBins bins = QuantileBins.of(new double[] {3, 3, 3, 3}, 10);
        assertThat(bins.count(new double[] {1, 2, 3, 3, 3, 4})).containsExactly(2L, 3L, 1L);
    }

    @Test
    void theQuantilesOfDistinctValuesMakeBinsOfEqualSize() {
        QuantileBins bins =
                QuantileBins.of(LongStream.rangeClosed(1, 100).asDoubleStream().toArray(), 10);
        double[] all = LongStream.rangeClosed(0, 101).asDoubleStream().toArray();
        assertThat(bins.count(all))
                .isEqualTo(Stream.of(1, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 1)
                        .map(Integer::longValue)
                        .toList());
    }

    @Property(tries = 100)
    void everyValueFallsIntoOneBin(
            @ForAll @Size(min = 1, max = 40)
                    List<@net.jqwik.api.constraints.DoubleRange(min = -5, max = 5) Double> baseline,
            @ForAll @Size(max = 40) List<Double> values) {
        double[] sorted =
                baseline.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        List<Long> counts = QuantileBins.of(sorted, 10)
                .count(values.stream().mapToDouble(Double::doubleValue).toArray());
        assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(values.size());
    }

    @Test
    void aSampleOfTheSameDistributionStaysBelowTheCustomaryThreshold() {
        Random random = new Random(11);
        double[] baseline =
                DoubleStream.generate(random::nextGaussian).limit(1200).sorted().toArray();
        double[] sample = DoubleStream.generate(random::nextGaussian).limit(200).toArray();
        QuantileBins bins = QuantileBins.of(baseline, 10);
        assertThat(PopulationStabilityIndex.of(bins.count(baseline), bins.count(sample)))
                .isLessThan(0.2);
    }
}
