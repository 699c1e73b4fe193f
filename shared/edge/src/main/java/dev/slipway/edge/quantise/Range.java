package dev.slipway.edge.quantise;

/** Numbers from a minimum, at most 0, to a maximum, at least 0: zero must be among what integers stand for. */
record Range(double minimum, double maximum) {
    Range {
        minimum = Math.min(minimum, 0);
        maximum = Math.max(maximum, 0);
    }

    double width() {
        return maximum - minimum;
    }

    /** The larger magnitude of both ends. */
    double magnitude() {
        return Math.max(-minimum, maximum);
    }

    Range union(Range other) {
        return new Range(Math.min(minimum, other.minimum), Math.max(maximum, other.maximum));
    }

    Range times(double factor) {
        return new Range(minimum * factor, maximum * factor);
    }
}
