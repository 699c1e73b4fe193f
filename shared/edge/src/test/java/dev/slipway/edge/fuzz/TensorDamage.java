package dev.slipway.edge.fuzz;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Changes elements, shape or type of a constant; it stays a tensor that fits its shape. */
final class TensorDamage {
    private static final int MOST_BYTES = 1 << 16;

    private TensorDamage() {}

    static OnnxTensor apply(OnnxTensor tensor, Chance chance) {
        if (tensor.type() == ElementType.STRING || tensor.type().bits() < Byte.SIZE) {
            return tensor;
        }
        return switch (chance.below(6)) {
            case 0 -> of(tensor.name(), tensor.type(), shape(tensor.shape(), chance), chance);
            case 1 -> {
                ElementType type = chance.of(List.of(
                        ElementType.FLOAT32,
                        ElementType.FLOAT16,
                        ElementType.FLOAT64,
                        ElementType.INT8,
                        ElementType.UINT8,
                        ElementType.INT32,
                        ElementType.INT64,
                        ElementType.BOOL));
                yield of(tensor.name(), type, tensor.shape(), chance);
            }
            case 2 -> of(tensor.name(), tensor.type(), tensor.shape(), chance);
            default -> withElement(tensor, chance);
        };
    }

    /** A tensor of random elements, among them the oddest. */
    static OnnxTensor of(String name, ElementType type, List<Integer> shape, Chance chance) {
        long size = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        if (size < 0 || type.bytes(size) > MOST_BYTES) {
            return of(name, type, List.of(2), chance);
        }
        ByteBuffer data = ByteBuffer.allocate((int) type.bytes(size)).order(ByteOrder.LITTLE_ENDIAN);
        while (data.remaining() >= type.bytes() && type.bytes() > 0) {
            put(data, type, chance);
        }
        return new OnnxTensor(name, type, shape, data.clear());
    }

    static List<Integer> shape(List<Integer> shape, Chance chance) {
        return chance.one(2)
                ? chance.rearranged(shape, chance.below(4))
                : chance.changed(shape, length -> Math.max(0, length - 2 + chance.below(5)));
    }

    private static OnnxTensor withElement(OnnxTensor tensor, Chance chance) {
        List<Integer> places = new ArrayList<>();
        int bytes = tensor.type().bytes();
        int size = tensor.size();
        if (size == 0) {
            return tensor;
        }
        places.add(chance.below(size));
        ByteBuffer data = ByteBuffer.allocate(size * bytes).order(ByteOrder.LITTLE_ENDIAN);
        data.put(tensor.data()).clear();
        for (int place : places) {
            put(data.position(place * bytes), tensor.type(), chance);
        }
        return new OnnxTensor(tensor.name(), tensor.type(), tensor.shape(), data.clear());
    }

    private static void put(ByteBuffer data, ElementType type, Chance chance) {
        switch (type) {
            case FLOAT32 -> data.putFloat(chance.number());
            case FLOAT64 -> data.putDouble(chance.number());
            case INT16, UINT16, FLOAT16, BFLOAT16 -> data.putShort((short) chance.integer(3));
            case INT32, UINT32 -> data.putInt((int) chance.integer(1));
            case INT64, UINT64 -> data.putLong(chance.integer(1));
            case COMPLEX64 -> data.putLong(chance.integer(0));
            case COMPLEX128 -> data.putLong(chance.integer(0)).putLong(chance.integer(1));
            case BOOL -> data.put((byte) chance.below(2));
            default -> data.put((byte) chance.integer(1));
        }
    }
}
