package dev.slipway.standalone.mlflow;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts the values of one metric, those that are quite the same once, as the target keeps them. */
final class DistinctPoints {
    /** Beyond so many, repetitions are counted. */
    private static final int REMEMBERED = 1_000_000;

    private record Value(long step, long timestamp, double value) {}

    private final Set<Value> seen = new HashSet<>();
    private long count;

    void add(List<SourcePoint> points) {
        for (SourcePoint point : points) {
            if (seen.size() >= REMEMBERED || seen.add(new Value(point.step(), point.timestamp(), point.value()))) {
                count++;
            }
        }
    }

    long count() {
        return count;
    }
}
