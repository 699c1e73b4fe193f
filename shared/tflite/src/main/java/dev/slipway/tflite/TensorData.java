package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The value of a tensor of any type.
 *
 * @param shape the length of each axis, none for a scalar; an axis may be empty
 * @param data the elements in row-major order, little-endian; INT4 two in a byte
 */
public record TensorData(TensorType type, List<Integer> shape, ByteBuffer data) {

    /** Keeps the buffer without a copy. Fails with {@code tflite.data} if shape and data don't fit. */
    public TensorData {
        shape = List.copyOf(shape);
        data = data.slice().asReadOnlyBuffer();
        if (!type.isFixedSize()) {
            throw unusable("elements of type " + type + " have no fixed size");
        }
        long elements = 1;
        for (int length : shape) {
            if (length < 0) {
                throw unusable("shape " + shape + " has a negative length");
            }
            elements *= length;
            if (type.bytes(elements) > Integer.MAX_VALUE) {
                throw unusable("shape " + shape + " is 2 GiB or more");
            }
        }
        if (data.remaining() != type.bytes(elements)) {
            throw unusable("shape " + shape + " of " + type + " takes " + type.bytes(elements) + " bytes, not "
                    + data.remaining());
        }
    }

    /** Float32 elements. */
    public static TensorData ofFloats(List<Integer> shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new TensorData(TensorType.FLOAT32, shape, data);
    }

    /** A read-only view of the elements with a position of its own. */
    @Override
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The number of elements, 0 if an axis is empty. */
    public int elements() {
        return shape.stream().mapToInt(Integer::intValue).reduce(1, (left, right) -> left * right);
    }

    /** A copy of the elements; fails with {@code tflite.data} if they are not float32. */
    public float[] floats() {
        if (type != TensorType.FLOAT32) {
            throw unusable("its elements are " + type + ", not float32");
        }
        float[] values = new float[elements()];
        data().asFloatBuffer().get(values);
        return values;
    }

    private static SlipwayException unusable(String why) {
        return SlipwayException.invalid("tflite.data", "The value is not usable: " + why + ".");
    }
}
