package dev.slipway.onnx;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A constant tensor.
 *
 * @param name empty where it needs none
 * @param data the elements in row-major order, little-endian, shared and never written to; it may be a view of a mapped
 *     file, so it can be large without taking heap. Elements smaller than a byte are packed, the first in the lowest
 *     bits. Texts are UTF-8, each behind its length in four bytes.
 */
public record OnnxTensor(String name, ElementType type, List<Integer> shape, ByteBuffer data) {

    /** Fails with {@code onnx.malformed} if shape and data don't fit. */
    public OnnxTensor {
        shape = List.copyOf(shape);
        data = data.slice().asReadOnlyBuffer();
        long size = elements(name, shape);
        boolean fits = type == ElementType.STRING ? TextData.holds(data, size) : type.bytes(size) == data.remaining();
        if (!fits) {
            throw misfit(
                    name,
                    "shape " + shape + " of " + type + " does not fit its " + data.remaining() + " bytes of data");
        }
    }

    public static OnnxTensor float32(String name, List<Integer> shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new OnnxTensor(name, ElementType.FLOAT32, shape, data);
    }

    public static OnnxTensor int64(String name, List<Integer> shape, long... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(values);
        return new OnnxTensor(name, ElementType.INT64, shape, data);
    }

    /** A tensor of texts, one per element. */
    public static OnnxTensor texts(String name, List<Integer> shape, List<String> values) {
        return new OnnxTensor(name, ElementType.STRING, shape, TextData.of(values));
    }

    public static OnnxTensor of(String name, Tensor tensor) {
        return float32(name, tensor.shape(), tensor.values());
    }

    /** A read-only view of the elements with a position of its own. */
    @Override
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** How many elements there are. */
    public int size() {
        return (int) elements(name, shape);
    }

    public OnnxTensor withName(String other) {
        return new OnnxTensor(other, type, shape, data);
    }

    /** The elements of a float32 tensor; fails with {@code onnx.element-type} for any other. */
    public float[] floats() {
        if (type != ElementType.FLOAT32) {
            throw wrongType("float32");
        }
        float[] values = new float[size()];
        data().asFloatBuffer().get(values);
        return values;
    }

    /** The elements of an int64 or int32 tensor; fails with {@code onnx.element-type} for any other. */
    public long[] longs() {
        long[] values = new long[size()];
        if (type == ElementType.INT64) {
            data().asLongBuffer().get(values);
        } else if (type == ElementType.INT32) {
            ByteBuffer from = data();
            for (int i = 0; i < values.length; i++) {
                values[i] = from.getInt();
            }
        } else {
            throw wrongType("int64 or int32");
        }
        return values;
    }

    /** The elements of a tensor of texts; fails with {@code onnx.element-type} for any other. */
    public List<String> texts() {
        if (type != ElementType.STRING) {
            throw wrongType("texts");
        }
        return TextData.read(data(), size());
    }

    /** The same elements as a tensor of the suite; fails with {@code onnx.element-type} unless they are float32. */
    public Tensor toTensor() {
        return new Tensor(shape, floats());
    }

    @Override
    public String toString() {
        return name + ":" + type + shape;
    }

    private static long elements(String name, List<Integer> shape) {
        long size = 1;
        for (int length : shape) {
            if (length < 0) {
                throw misfit(name, "it has the negative length " + length);
            }
            size = size * length;
            if (size > Integer.MAX_VALUE) {
                throw misfit(name, "shape " + shape + " has too many elements");
            }
        }
        return size;
    }

    private SlipwayException wrongType(String wanted) {
        return SlipwayException.unsupported(
                "onnx.element-type",
                "Tensor '" + Names.shown(name) + "' holds " + type + ", where " + wanted + " is needed.");
    }

    private static SlipwayException misfit(String name, String why) {
        return SlipwayException.invalid(
                "onnx.malformed", "The tensor '" + Names.shown(name) + "' is malformed: " + why + ".");
    }
}
