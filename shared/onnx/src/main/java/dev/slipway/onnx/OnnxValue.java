package dev.slipway.onnx;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A named value of a graph: an input, an output, or one in between. */
public record OnnxValue(String name, ValueType type) {
    public OnnxValue {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
    }

    public static OnnxValue dense(String name, ElementType element, Dimension... shape) {
        return new OnnxValue(name, new ValueType.Dense(element, Optional.of(List.of(shape))));
    }

    public static OnnxValue undeclared(String name) {
        return new OnnxValue(name, new ValueType.Undeclared());
    }
}
