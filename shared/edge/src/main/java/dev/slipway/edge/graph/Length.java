package dev.slipway.edge.graph;

/** The length of an axis of a shape that a graph computes. */
public sealed interface Length {

    /** At least 0. */
    record Fixed(int value) implements Length {}

    /** As long as this axis of this value. */
    record Of(EdgeValue value, int axis) implements Length {}

    /** What this INT32 scalar says when the model runs. */
    record Computed(EdgeValue scalar) implements Length {}

    static Length fixed(int value) {
        return new Fixed(value);
    }

    /** The axis' length, fixed if it is known. */
    static Length of(EdgeValue value, int axis) {
        int known = value.shape().get(axis);
        return known == -1 ? new Of(value, axis) : new Fixed(known);
    }
}
