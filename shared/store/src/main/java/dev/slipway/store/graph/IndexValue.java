package dev.slipway.store.graph;

import dev.slipway.kernel.id.Id;

/** A part of an index key. Numbers sort before texts; texts sort by their UTF-8 bytes. */
public sealed interface IndexValue {
    record Text(String value) implements IndexValue {}

    record Numeric(long value) implements IndexValue {}

    static IndexValue of(String value) {
        return new Text(value);
    }

    static IndexValue of(Id id) {
        return new Text(id.value());
    }

    static IndexValue of(Enum<?> value) {
        return new Text(value.name());
    }

    static IndexValue of(long value) {
        return new Numeric(value);
    }

    /** A double, NaN and infinities included, at its place in {@link OrderedDouble}'s order. */
    static IndexValue of(double value) {
        return new Numeric(OrderedDouble.encode(value));
    }
}
