package dev.slipway.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KolmogorovSmirnovTest {
    private final org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest reference =
            new org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest();

    /** Small whole numbers, so that ties are common. */
    @Provide
    Arbitrary<double[]> samples() {
        return Arbitraries.integers()
                .between(-20, 20)
                .list()
                .ofMinSize(2)
                .ofMaxSize(60)
                .map(list ->
                        list.stream().mapToDouble(Integer::doubleValue).sorted().toArray());
    }

    @Property(tries = 200)
    void agreesWithCommonsMath(@ForAll("samples") double[] first, @ForAll("samples") double[] second) {
        var test = KolmogorovSmirnov.of(first, second);
        double statistic = reference.kolmogorovSmirnovStatistic(first, second);
        assertThat(test.statistic()).isCloseTo(statistic, within(1e-12));
        assertThat(test.pValue())
                .isCloseTo(reference.approximateP(statistic, first.length, second.length), within(1e-9));
    }

    @Property(tries = 200)
    void isSymmetric(@ForAll("samples") double[] first, @ForAll("samples") double[] second) {
        assertThat(KolmogorovSmirnov.of(first, second)).isEqualTo(KolmogorovSmirnov.of(second, first));
    }

    @Property(tries = 200)
    void equalSamplesAreAtDistanceZero(@ForAll("samples") double[] sample) {
        assertThat(KolmogorovSmirnov.of(sample, sample.clone())).isEqualTo(new KolmogorovSmirnov(0, 1));
    }

    @Property(tries = 200)
    void anyRisingTransformChangesNothing(@ForAll("samples") double[] first, @ForAll("samples") double[] second) {
        assertThat(KolmogorovSmirnov.of(rising(first), rising(second))).isEqualTo(KolmogorovSmirnov.of(first, second));
    }

    @Test
    void samplesThatDoNotOverlapAreAtDistanceOne() {
        var test = KolmogorovSmirnov.of(new double[] {1, 2, 3}, new double[] {4, 5});
        assertThat(test.statistic()).isEqualTo(1);
    }

    @Test
    void largeSamplesOfOneDistributionPassAndOfTwoFail() {
        Random random = new Random(7);
        double[] first =
                DoubleStream.generate(random::nextGaussian).limit(2000).sorted().toArray();
        double[] same =
                DoubleStream.generate(random::nextGaussian).limit(1000).sorted().toArray();
        double[] shifted = DoubleStream.of(same).map(value -> value + 0.5).toArray();
        assertThat(KolmogorovSmirnov.of(first, same).pValue()).isGreaterThan(0.01);
        assertThat(KolmogorovSmirnov.of(first, shifted).pValue()).isLessThan(1e-12);
    }

    @Test
    void bothSeriesOfTheLimitMeetAndFallFromOneToZero() {
        double before = 1;
        for (double x = 0; x < 8; x += 0.001) {
            double exceedance = KolmogorovSmirnov.exceedance(x);
            assertThat(exceedance).isBetween(0.0, before + 1e-12);
            before = exceedance;
        }
        assertThat(KolmogorovSmirnov.exceedance(1.18))
                .isCloseTo(KolmogorovSmirnov.exceedance(1.18 - 1e-13), within(1e-11));
        assertThat(KolmogorovSmirnov.exceedance(1.3581)).isCloseTo(0.05, within(1e-4));
    }

    private static double[] rising(double[] sorted) {
        return DoubleStream.of(sorted).map(value -> Math.exp(value / 5) * 3 - 1).toArray();
    }
}
