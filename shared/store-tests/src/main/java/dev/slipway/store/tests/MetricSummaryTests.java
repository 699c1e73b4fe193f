package dev.slipway.store.tests;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.store.metric.Bucket;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Series are summed up for charts, and their chunks merged. */
abstract class MetricSummaryTests {
    abstract MetricStoreConformance.Fixture metrics();

    @Test
    void bucketsHaveEqualWidthsAndSumUpTheirPoints() {
        for (int step = 0; step < 10; step++) {
            metrics().append(metrics().loss, new Point(step, 0, step));
        }
        assertThat(metrics().store.downsample(metrics().loss, 0, 9, 3))
                .containsExactly(
                        new Bucket(0, 3, 4, 0, 3, 1.5), new Bucket(4, 7, 4, 4, 7, 5.5), new Bucket(8, 9, 2, 8, 9, 8.5));
        assertThat(metrics().store.downsample(metrics().loss, 4, 5, 10))
                .containsExactly(new Bucket(4, 4, 1, 4, 4, 4), new Bucket(5, 5, 1, 5, 5, 5));
    }

    @Test
    void theBucketsDivideWhatTheSeriesHasOfTheRange() {
        metrics().append(metrics().loss, new Point(100, 0, 1), new Point(109, 0, 3));
        List<Bucket> expected = List.of(new Bucket(100, 104, 1, 1, 1, 1), new Bucket(105, 109, 1, 3, 3, 3));
        assertThat(metrics().store.downsample(metrics().loss, 0, 1_000_000, 2)).isEqualTo(expected);
        assertThat(metrics().store.downsample(metrics().loss, Long.MIN_VALUE, Long.MAX_VALUE, 2))
                .isEqualTo(expected);
    }

    @Test
    void emptyBucketsAreLeftOut() {
        metrics().append(metrics().loss, new Point(0, 0, 1), new Point(99, 0, 3));
        assertThat(metrics().store.downsample(metrics().loss, 0, 99, 10))
                .containsExactly(new Bucket(0, 9, 1, 1, 1, 1), new Bucket(90, 99, 1, 3, 3, 3));
    }

    @Test
    void nanCountsButIsLeftOutOfTheFigures() {
        metrics().append(metrics().loss, new Point(0, 0, Double.NaN), new Point(1, 0, 4), new Point(2, 0, Double.NaN));
        assertThat(metrics().store.downsample(metrics().loss, 0, 9, 2))
                .containsExactly(new Bucket(0, 1, 2, 4, 4, 4), new Bucket(2, 2, 1, Double.NaN, Double.NaN, Double.NaN));
    }

    @Test
    void pointsAppendedTwiceAreSummedUpOnce() {
        metrics().append(metrics().loss, new Point(0, 0, 2), new Point(1, 0, 4));
        metrics().append(metrics().loss, new Point(0, 0, 2));
        assertThat(metrics().store.downsample(metrics().loss, 0, 9, 1)).containsExactly(new Bucket(0, 1, 2, 2, 4, 3));
    }

    @Test
    void theWholeRangeOfStepsIsDivided() {
        metrics()
                .append(
                        metrics().loss,
                        new Point(Long.MIN_VALUE, 0, 1),
                        new Point(0, 0, 2),
                        new Point(Long.MAX_VALUE, 0, 3));
        List<Bucket> buckets = metrics().store.downsample(metrics().loss, Long.MIN_VALUE, Long.MAX_VALUE, 2);
        assertThat(buckets)
                .containsExactly(
                        new Bucket(Long.MIN_VALUE, -1, 1, 1, 1, 1), new Bucket(0, Long.MAX_VALUE, 2, 2, 3, 2.5));
    }

    @Test
    void theNumberOfBucketsIsBounded() {
        for (int buckets : List.of(0, MetricStore.MAX_BUCKETS + 1)) {
            assertRefused(
                    () -> metrics().store.downsample(metrics().loss, 0, 1, buckets),
                    ErrorKind.INVALID,
                    "metric.buckets");
        }
    }

    @Test
    void compactingChangesNothingThatReadersSee() {
        for (int i = 0; i < 300; i++) {
            metrics().append(metrics().loss, new Point(i * 500L, 0, i), new Point(i % 3, i % 2, 1));
        }
        List<Point> before = metrics().all(metrics().loss);
        int left = metrics().store.compact(metrics().loss);
        assertThat(metrics().all(metrics().loss)).isEqualTo(before);
        assertThat(metrics().store.compact(metrics().loss)).isLessThanOrEqualTo(left);
        metrics().append(metrics().loss, new Point(500, 0, 1), new Point(1, 1, 1));
        assertThat(metrics().all(metrics().loss)).isEqualTo(before);
    }

    @Test
    void compactingLeavesFewChunks() {
        assumeFalse(metrics().optOuts.contains(Capability.COMPACTION), "the backend compacts by itself");
        for (int i = 0; i < 100; i++) {
            metrics().append(metrics().loss, new Point(i, 0, i));
        }
        assertThat(metrics().store.compact(metrics().loss)).isLessThan(10);
    }
}
