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
 * @param quantization what the integers stand for; absent if they are plain numbers
 * @param variable whether the tensor keeps its value from run to run, as the state of a recurrent operator does; it has
 *     no data and begins as zeros
 */
public record TfliteTensor(
        String name,
        TensorType type,
        List<Integer> shape,
        Optional<ByteBuffer> data,
        Optional<Quantization> quantization,
        boolean variable) {

    /** Fails with {@code tflite.malformed} if shape, data and quantisation don't fit. */
    public TfliteTensor {
        shape = List.copyOf(shape);
        data = data.map(bytes -> bytes.slice().asReadOnlyBuffer());
        long elements = 1;
        for (int length : shape) {
            if (length < (data.isPresent() ? 0 : -1)) {
                throw malformed(name, "it has the length " + length);
            }
            elements *= Math.max(length, 1);
            if (type.bytes(elements) > Integer.MAX_VALUE) {
                throw malformed(name, "shape " + shape + " is 2 GiB or more");
            }
        }
        if (data.isPresent() && type.isFixedSize()) {
            long wanted = shape.contains(0) ? 0 : type.bytes(elements);
            if (data.get().remaining() != wanted) {
                throw malformed(
                        name,
                        "shape " + shape + " of " + type + " does not fit its "
                                + data.get().remaining() + " bytes of data");
            }
        }
        if (variable && data.isPresent()) {
            throw malformed(name, "it is a variable and a constant at once");
        }
        if (quantization.isPresent() && quantization.get().isPerChannel()) {
            checkChannels(name, shape, quantization.get());
        }
    }

    public TfliteTensor(
            String name,
            TensorType type,
            List<Integer> shape,
            Optional<ByteBuffer> data,
            Optional<Quantization> quantization) {
        this(name, type, shape, data, quantization, false);
    }

    public TfliteTensor(String name, TensorType type, List<Integer> shape, Optional<ByteBuffer> data) {
        this(name, type, shape, data, Optional.empty(), false);
    }

    public static TfliteTensor computed(String name, TensorType type, List<Integer> shape) {
        return new TfliteTensor(name, type, shape, Optional.empty());
    }

    public static TfliteTensor constant(String name, TensorType type, List<Integer> shape, ByteBuffer data) {
        return new TfliteTensor(name, type, shape, Optional.of(data));
    }

    /** A state that an operator reads and writes anew, zeros at first; every length must be known. */
    public static TfliteTensor variable(String name, TensorType type, List<Integer> shape) {
        return new TfliteTensor(name, type, shape, Optional.empty(), Optional.empty(), true);
    }

    /** The same tensor whose integers stand for other numbers. */
    public TfliteTensor withQuantization(Quantization other) {
        return new TfliteTensor(name, type, shape, data, Optional.of(other), variable);
    }

    /** A read-only view of the elements with a position of its own. */
    @Override
    public Optional<ByteBuffer> data() {
        return data.map(bytes -> bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    }

    private static void checkChannels(String name, List<Integer> shape, Quantization quantization) {
        if (quantization.axis() >= shape.size()
                || shape.get(quantization.axis()) != quantization.scales().size()) {
            throw malformed(
                    name,
                    "shape " + shape + " has not " + quantization.scales().size() + " channels along axis "
                            + quantization.axis());
        }
    }

    private static SlipwayException malformed(String name, String why) {
        return SlipwayException.invalid("tflite.malformed", "The tensor '" + name + "' is malformed: " + why + ".");
    }
}
