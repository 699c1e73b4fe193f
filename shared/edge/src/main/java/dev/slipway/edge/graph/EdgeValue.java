package dev.slipway.edge.graph;

import dev.slipway.tflite.Quantization;
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
    private final Optional<Permutation> onnxOrder;
    private final Optional<Quantization> quantization;

    private EdgeValue(
            String name,
            TensorType type,
            List<Integer> shape,
            Optional<ByteBuffer> data,
            Optional<Permutation> onnxOrder) {
        this(name, type, shape, data, onnxOrder, Optional.empty());
    }

    private EdgeValue(
            String name,
            TensorType type,
            List<Integer> shape,
            Optional<ByteBuffer> data,
            Optional<Permutation> onnxOrder,
            Optional<Quantization> quantization) {
        this.name = name;
        this.type = type;
        this.shape = List.copyOf(shape);
        this.data = data;
        this.onnxOrder = onnxOrder;
        this.quantization = quantization;
    }

    public static EdgeValue computed(String name, TensorType type, List<Integer> shape) {
        return new EdgeValue(name, type, shape, Optional.empty(), Optional.empty());
    }

    /** A constant whose elements are little-endian in row-major order, shared and never written to. */
    public static EdgeValue constant(String name, TensorType type, List<Integer> shape, ByteBuffer data) {
        return new EdgeValue(name, type, shape, Optional.of(data.slice().asReadOnlyBuffer()), Optional.empty());
    }

    /** A constant whose integers stand for other numbers. */
    public static EdgeValue quantised(
            String name, TensorType type, List<Integer> shape, ByteBuffer data, Quantization quantization) {
        return new EdgeValue(
                name,
                type,
                shape,
                Optional.of(data.slice().asReadOnlyBuffer()),
                Optional.empty(),
                Optional.of(quantization));
    }

    public static EdgeValue floats(String name, List<Integer> shape, float... values) {
        ByteBuffer data = allocate(values.length, Float.BYTES);
        data.asFloatBuffer().put(values);
        return constant(name, TensorType.FLOAT32, shape, data);
    }

    /** A vector of 32-bit integers, such as a shape or axes. */
    public static EdgeValue integers(String name, List<Integer> values) {
        return integers(name, List.of(values.size()), values);
    }

    public static EdgeValue integers(String name, List<Integer> shape, List<Integer> values) {
        ByteBuffer data = allocate(values.size(), Integer.BYTES);
        values.forEach(data::putInt);
        return constant(name, TensorType.INT32, shape, data.flip());
    }

    public static EdgeValue longs(String name, List<Integer> shape, long... values) {
        ByteBuffer data = allocate(values.length, Long.BYTES);
        data.asLongBuffer().put(values);
        return constant(name, TensorType.INT64, shape, data);
    }

    public static EdgeValue booleans(String name, List<Integer> shape, boolean... values) {
        ByteBuffer data = allocate(values.length, Byte.BYTES);
        for (boolean value : values) {
            data.put((byte) (value ? 1 : 0));
        }
        return constant(name, TensorType.BOOL, shape, data.flip());
    }

    /** A scalar of any numeric type, converted as Java casts. */
    public static EdgeValue scalar(TensorType type, double value) {
        ByteBuffer data = allocate(1, type.bytes());
        Elements.put(data, type, value);
        return constant("scalar", type, List.of(), data.flip());
    }

    private static ByteBuffer allocate(int elements, int bytes) {
        return ByteBuffer.allocate(Math.multiplyExact(elements, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What stands for an optional input left out: a new one each time, which nothing makes. */
    public static EdgeValue absent() {
        return new EdgeValue("", TensorType.FLOAT32, List.of(), Optional.empty(), Optional.empty());
    }

    public boolean isAbsent() {
        return name.isEmpty() && data.isEmpty();
    }

    /** The same value as ONNX's value of this name, whose axes it has in ONNX's order. */
    public EdgeValue named(String onnxName) {
        return new EdgeValue(onnxName, type, shape, data, Optional.of(Permutation.identity(rank())));
    }

    /** A computed value that stands for the same numbers by integers. */
    public EdgeValue quantised(TensorType integers, Quantization how) {
        return new EdgeValue(name, integers, shape, Optional.empty(), onnxOrder, Optional.of(how));
    }

    /** What the integers of this value stand for; empty if they are plain numbers. */
    public Optional<Quantization> quantization() {
        return quantization;
    }

    /** A computed value of the same elements with its axes in another order; its scale must be that of all of it. */
    public EdgeValue permuted(Permutation order) {
        return new EdgeValue(
                name,
                type,
                order.apply(shape),
                Optional.empty(),
                onnxOrder.map(before -> before.then(order)),
                quantization);
    }

    /** A computed value of the same elements in another shape; its scale must be that of all of it. */
    public EdgeValue flattened(List<Integer> other) {
        return new EdgeValue(name, type, other, Optional.empty(), Optional.empty(), quantization);
    }

    /**
     * How this value's axes stand if it is ONNX's value of the same name: axis {@code i} of this is axis {@code
     * axes[i]} of ONNX's. Empty if no ONNX value is the same.
     */
    public Optional<Permutation> onnxOrder() {
        return onnxOrder;
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

    /** The elements of a constant of integers, each of which must fit 32 bits. */
    public List<Integer> integers() {
        ByteBuffer bytes = data().orElseThrow();
        List<Integer> values = new ArrayList<>();
        while (bytes.hasRemaining()) {
            values.add(type == TensorType.INT64 ? Math.toIntExact(bytes.getLong()) : bytes.getInt());
        }
        return values;
    }

    /** The elements of a constant of floats. */
    public float[] floats() {
        ByteBuffer bytes = data().orElseThrow();
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** A constant of the same elements in another type, converted as Java casts and, to BOOL, by being not 0. */
    public EdgeValue cast(TensorType other) {
        return other == type ? this : constant(name, other, shape, Elements.cast(data().orElseThrow(), type, other));
    }

    /** A constant of the same elements in another shape. */
    public EdgeValue reshaped(List<Integer> other) {
        return new EdgeValue(name, type, other, Optional.of(data.orElseThrow()), Optional.empty());
    }

    /** A constant of some places of an axis: {@code size} of them from {@code begin} on. */
    public EdgeValue part(int axis, int begin, int size) {
        int length = shape.get(axis);
        if (begin == 0 && size == length) {
            return this;
        }
        int inner = shape.subList(axis + 1, rank()).stream().reduce(type.bytes(), Math::multiplyExact);
        ByteBuffer from = data().orElseThrow();
        int outer = length == 0 ? 0 : from.remaining() / (length * Math.max(inner, 1));
        byte[] run = new byte[size * inner];
        ByteBuffer to = allocate(outer, run.length);
        for (int i = 0; i < outer; i++) {
            from.get((i * length + begin) * inner, run);
            to.put(run);
        }
        return constant(name, type, Shapes.with(shape, axis, size), to.flip());
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
        return constant(name, type, target, to.flip());
    }

    @Override
    public String toString() {
        return name + ":" + type + shape;
    }
}
