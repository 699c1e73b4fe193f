package dev.slipway.edge.graph;

import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A value of the graph; two values are equal only if they are the same object.
 *
 * <p>A constant has data; the others are inputs or made by one operation. An open length is -1.
 */
public final class EdgeValue {
    private final String name;
    private final TensorType type;
    private final List<Integer> shape;
    private final Optional<ByteBuffer> data;

    private EdgeValue(String name, TensorType type, List<Integer> shape, Optional<ByteBuffer> data) {
        this.name = name;
        this.type = type;
        this.shape = List.copyOf(shape);
        this.data = data;
    }

    public static EdgeValue computed(String name, TensorType type, List<Integer> shape) {
        return new EdgeValue(name, type, shape, Optional.empty());
    }

    public static EdgeValue floats(String name, List<Integer> shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new EdgeValue(name, TensorType.FLOAT32, shape, Optional.of(data));
    }

    /** A vector of 32-bit integers, such as a shape or axes. */
    public static EdgeValue integers(String name, List<Integer> values) {
        return integers(name, List.of(values.size()), values);
    }

    public static EdgeValue integers(String name, List<Integer> shape, List<Integer> values) {
        ByteBuffer data = ByteBuffer.allocate(values.size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(data::putInt);
        return new EdgeValue(name, TensorType.INT32, shape, Optional.of(data.flip()));
    }

    public String name() {
        return name;
    }

    public TensorType type() {
        return type;
    }

    public List<Integer> shape() {
        return shape;
    }

    public int rank() {
        return shape.size();
    }

    public boolean isConstant() {
        return data.isPresent();
    }

    /** The elements of a constant, little-endian, as a view with a position of its own. */
    public Optional<ByteBuffer> data() {
        return data.map(bytes -> bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The elements of a constant of 32-bit integers. */
    public List<Integer> integers() {
        ByteBuffer bytes = data().orElseThrow();
        List<Integer> values = new ArrayList<>();
        while (bytes.hasRemaining()) {
            values.add(bytes.getInt());
        }
        return values;
    }

    /** A constant of the same elements in another shape. */
    public EdgeValue reshaped(List<Integer> other) {
        return new EdgeValue(name, type, other, Optional.of(data.orElseThrow()));
    }

    /** A constant with its axes in another order. */
    public EdgeValue transposed(Permutation order) {
        if (order.isIdentity()) {
            return this;
        }
        ByteBuffer from = data().orElseThrow();
        List<Integer> target = order.apply(shape);
        int[] strides = new int[rank()];
        int size = 1;
        for (int axis = rank() - 1; axis >= 0; axis--) {
            strides[axis] = size;
            size *= shape.get(axis);
        }
        ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        byte[] element = new byte[type.bytes()];
        for (int i = 0; i < size; i++) {
            int rest = i;
            int source = 0;
            for (int axis = rank() - 1; axis >= 0; axis--) {
                source += rest % target.get(axis) * strides[order.source(axis)];
                rest /= target.get(axis);
            }
            from.get(source * element.length, element);
            to.put(element);
        }
        return new EdgeValue(name, type, target, Optional.of(to.flip()));
    }

    @Override
    public String toString() {
        return name + ":" + type + shape;
    }
}
