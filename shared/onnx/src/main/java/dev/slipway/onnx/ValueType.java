package dev.slipway.onnx;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** What the model declares about a value. */
public sealed interface ValueType {

    /** A dense tensor; without a shape not even its rank is declared. */
    record Dense(ElementType element, Optional<List<Dimension>> shape) implements ValueType {
        public Dense {
            shape = shape.map(List::copyOf);
        }
    }

    /** Nothing is declared; ONNX Runtime infers it. */
    record Undeclared() implements ValueType {}

    /** A sequence, map, optional or sparse tensor, kept as it was read: the bytes of its {@code TypeProto}. */
    record Other(ByteBuffer type) implements ValueType {}
}
