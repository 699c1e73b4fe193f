package dev.slipway.standalone.mlflow;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many of what the source has, and how many of those the target. Safe for use by many threads. */
public final class Counts {
    private final Map<Kind, LongAdder> source = zeros();
    private final Map<Kind, LongAdder> target = zeros();

    private static Map<Kind, LongAdder> zeros() {
        Map<Kind, LongAdder> zeros = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            zeros.put(kind, new LongAdder());
        }
        return zeros;
    }

    /** So many more that the source has, and of these so many that the target has. */
    void add(Kind kind, long inSource, long inTarget) {
        source.get(kind).add(inSource);
        target.get(kind).add(inTarget);
    }

    public long inSource(Kind kind) {
        return source.get(kind).sum();
    }

    public long inTarget(Kind kind) {
        return target.get(kind).sum();
    }

    /** Whether the target has all that the source has. */
    public boolean agree() {
        return Arrays.stream(Kind.values()).allMatch(kind -> inSource(kind) == inTarget(kind));
    }
}
