package dev.slipway.edge.probe;

import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Axes of one source's outputs that had the same length, and so are changed together.
 *
 * @param cause what the source is called among the symbols
 * @param axes may be added to
 */
record LengthGroup(String cause, int length, Set<Axis> axes) {
    private static final int FAR_LENGTH = 67;
    private static final int NEAR_LENGTH = 11;

    /** An axis of a value. */
    record Axis(String value, int axis) {}

    /** Other lengths to try, the most telling first. */
    List<Integer> candidates() {
        Set<Integer> candidates = new LinkedHashSet<>();
        candidates.add(prime(Math.max(FAR_LENGTH, 2 * length)));
        candidates.add(1);
        candidates.add(prime(Math.max(NEAR_LENGTH, length)));
        candidates.add(2 * length);
        candidates.add(3 * length);
        candidates.add(length + 1);
        candidates.remove(length);
        candidates.remove(0);
        return List.copyOf(candidates);
    }

    private static int prime(int least) {
        return BigInteger.valueOf(least).nextProbablePrime().intValueExact();
    }
}
