package dev.slipway.edge.quantise;

/**
 * How good a mixture of integers and floats is.
 *
 * @param cosine the least of any output
 * @param met whether the goal is reached
 */
record Verdict(double cosine, boolean met) {
    boolean isBetterThan(Verdict other) {
        return met == other.met ? cosine > other.cosine : met;
    }
}
