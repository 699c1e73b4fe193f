package dev.slipway.edge.lower.quantised;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a sum of products of integers into parts that FLOAT32 adds exactly, in whatever order: those whose magnitudes
 * add up to 2²⁴ at most.
 */
final class ExactParts {
    private static final double LIMIT = 1 << 24;

    private ExactParts() {}

    /** A run of places of the axis that is summed over. */
    record Part(int begin, int size) {}

    /** {@code magnitudes} has for each place how large what it adds can be. A place that is too large is a part alone. */
    static List<Part> of(double[] magnitudes) {
        List<Part> parts = new ArrayList<>();
        int begin = 0;
        double sum = 0;
        for (int place = 0; place < magnitudes.length; place++) {
            if (sum + magnitudes[place] > LIMIT && place > begin) {
                parts.add(new Part(begin, place - begin));
                begin = place;
                sum = 0;
            }
            sum += magnitudes[place];
        }
        parts.add(new Part(begin, magnitudes.length - begin));
        return parts;
    }

    static boolean isExact(double[] magnitudes) {
        return Arrays.stream(magnitudes).sum() <= LIMIT;
    }

    static boolean arePlacesExact(double[] magnitudes) {
        return Arrays.stream(magnitudes).allMatch(magnitude -> magnitude <= LIMIT);
    }
}
