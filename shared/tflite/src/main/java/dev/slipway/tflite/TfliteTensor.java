package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A tensor of a subgraph.
 *
 * @param shape the length of each axis, -1 where it is only known at run time
 * @param data the elements of a constant in row-major order, little-endian; absent if the tensor is computed
 */
public record TfliteTensor(String name, TensorType type, List<Integer> shape, Optional<ByteBuffer> data) {

    /** Fails with {@code tflite.malformed} if shape and data don't fit. */
    public TfliteTensor {
        shape = List.copyOf(shape);
        data = data.map(bytes -> bytes.slice().asReadOnlyBuffer());
        long bytes = type.bytes();
        for (int length : shape) {
            if (length < (data.isPresent() ? 0 : -1)) {
                throw malformed(name, "it has the length " + length);
            }
            bytes = bytes * Math.max(length, 1);
            if (bytes > Integer.MAX_VALUE) {
                throw malformed(name, "shape " + shape + " is 2 GiB or more");
            }
        }
        if (data.isPresent() && type.bytes() > 0) {
            long wanted = shape.contains(0) ? 0 : bytes;
            if (data.get().remaining() != wanted) {
                throw malformed(
                        name,
                        "shape " + shape + " of " + type + " does not fit its "
                                + data.get().remaining() + " bytes of data");
            }
        }
    }

    public static TfliteTensor computed(String name, TensorType type, List<Integer> shape) {
        return new TfliteTensor(name, type, shape, Optional.empty());
    }

    public static TfliteTensor constant(String name, TensorType type, List<Integer> shape, ByteBuffer data) {
        return new TfliteTensor(name, type, shape, Optional.of(data));
    }

    /** A read-only view of the elements with a position of its own. */
    @Override
    public Optional<ByteBuffer> data() {
        return data.map(bytes -> bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    }

    private static SlipwayException malformed(String name, String why) {
        return SlipwayException.invalid("tflite.malformed", "The tensor '" + name + "' is malformed: " + why + ".");
    }
}
