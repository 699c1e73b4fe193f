package dev.slipway.kernel.tensor;

import dev.slipway.kernel.SlipwayException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A dense float32 array in row-major order.
 *
 * <p>The arrays are shared, not copied, because tensors can be large: whoever makes a tensor gives its array away.
 */
public final class Tensor {
    private final List<Integer> shape;
    private final float[] values;

    /**
     * @param shape the length of each axis, none negative; empty for a scalar
     * @param values as many as the product of the shape
     */
    public Tensor(List<Integer> shape, float[] values) {
        long size = size(shape);
        if (size != values.length) {
            throw SlipwayException.invalid(
                    "tensor.shape",
                    "Shape " + shape + " needs " + size + " values, but there are " + values.length + ".");
        }
        this.shape = List.copyOf(shape);
        this.values = values;
    }

    /** How many values a shape needs; some number beyond the range of int when they are more than an array can hold. */
    static long size(List<Integer> shape) {
        long size = 1;
        for (int length : shape) {
            if (length < 0) {
                throw SlipwayException.invalid(
                        "tensor.shape", "A tensor's shape can't hold the negative length in " + shape);
            }
            // A zero makes the whole nothing, however long the other axes are.
            size = length == 0 || size <= Integer.MAX_VALUE ? size * length : size;
        }
        return size;
    }

    public List<Integer> shape() {
        return shape;
    }

    /** The values in row-major order; not a copy. */
    public float[] values() {
        return values;
    }

    /** How many entries the first axis has. */
    public int rows() {
        return shape.get(0);
    }

    /** The entry {@code index} of the first axis, a tensor of one axis less. */
    public Tensor row(int index) {
        int size = values.length / Math.max(1, rows());
        return new Tensor(shape.subList(1, shape.size()), Arrays.copyOfRange(values, index * size, (index + 1) * size));
    }

    /**
     * The place, counted from 0, of the greatest value within entry {@code index} of the first axis: what a classifier
     * holds most probable. The first of several; a NaN is never greater than another value.
     */
    public int greatest(int index) {
        int size = values.length / Math.max(1, rows());
        return greatest(values, index * size, size);
    }

    /** As {@link #greatest(int)}, within {@code length} values from {@code from} on. */
    public static int greatest(float[] values, int from, int length) {
        int best = 0;
        for (int i = 1; i < length; i++) {
            if (values[from + i] > values[from + best]) {
                best = i;
            }
        }
        return best;
    }

    /** The entries {@code from} (inclusive) to {@code to} (exclusive) of the first axis. */
    public Tensor rows(int from, int to) {
        int size = values.length / Math.max(1, rows());
        List<Integer> part = new ArrayList<>(shape);
        part.set(0, to - from);
        return new Tensor(part, Arrays.copyOfRange(values, from * size, to * size));
    }

    /** One tensor out of equally shaped ones, along a new first axis. */
    public static Tensor stack(List<Tensor> rows) {
        if (rows.isEmpty()) {
            throw SlipwayException.invalid("tensor.empty", "Nothing to stack: at least one tensor is needed.");
        }
        List<Integer> inner = rows.get(0).shape;
        int size = rows.get(0).values.length;
        float[] values = new float[Math.multiplyExact(size, rows.size())];
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).shape.equals(inner)) {
                throw SlipwayException.invalid(
                        "tensor.shape", "Can't stack shape " + rows.get(i).shape + " on shape " + inner + ".");
            }
            System.arraycopy(rows.get(i).values, 0, values, i * size, size);
        }
        List<Integer> shape = new ArrayList<>();
        shape.add(rows.size());
        shape.addAll(inner);
        return new Tensor(shape, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor && shape.equals(tensor.shape) && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "float32" + shape;
    }
}
