package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads tensors, whose elements ONNX keeps raw or in one of several typed lists. */
final class TensorReader {

    OnnxTensor read(TensorProto proto) {
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL || proto.getExternalDataCount() > 0) {
            throw SlipwayException.unsupported(
                    "onnx.unsupported",
                    "The weights of tensor '" + proto.getName()
                            + "' are in another file (external data), which is not read; save the model as one file.");
        }
        ElementType type = ElementType.ofCode(proto.getDataType());
        List<Integer> shape = new ArrayList<>();
        for (long length : proto.getDimsList()) {
            if (length < 0 || length > Integer.MAX_VALUE) {
                throw OnnxReader.malformed("tensor '" + proto.getName() + "' has the length " + length, null);
            }
            shape.add((int) length);
        }
        return new OnnxTensor(proto.getName(), type, shape, data(proto, type));
    }

    private static ByteBuffer data(TensorProto proto, ElementType type) {
        if (proto.hasRawData()) {
            return proto.getRawData().asReadOnlyByteBuffer();
        }
        return switch (type) {
            case FLOAT32 -> {
                ByteBuffer data = allocate(proto.getFloatDataCount(), type);
                proto.getFloatDataList().forEach(data::putFloat);
                yield data.flip();
            }
            case FLOAT64 -> {
                ByteBuffer data = allocate(proto.getDoubleDataCount(), type);
                proto.getDoubleDataList().forEach(data::putDouble);
                yield data.flip();
            }
            case INT64 -> longs(proto.getInt64DataList(), type);
            case UINT32, UINT64 -> longs(proto.getUint64DataList(), type);
            case UINT8, INT8, UINT16, INT16, INT32, BOOL, FLOAT16, BFLOAT16 -> integers(proto.getInt32DataList(), type);
        };
    }

    private static ByteBuffer longs(List<Long> values, ElementType type) {
        ByteBuffer data = allocate(values.size(), type);
        for (long value : values) {
            if (type.bytes() == Long.BYTES) {
                data.putLong(value);
            } else {
                data.putInt((int) value);
            }
        }
        return data.flip();
    }

    private static ByteBuffer integers(List<Integer> values, ElementType type) {
        ByteBuffer data = allocate(values.size(), type);
        for (int value : values) {
            switch (type.bytes()) {
                case Byte.BYTES -> data.put((byte) value);
                case Short.BYTES -> data.putShort((short) value);
                default -> data.putInt(value);
            }
        }
        return data.flip();
    }

    private static ByteBuffer allocate(int elements, ElementType type) {
        long bytes = (long) elements * type.bytes();
        if (bytes > Integer.MAX_VALUE) {
            throw OnnxReader.malformed("a tensor is larger than 2 GiB", null);
        }
        return ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
