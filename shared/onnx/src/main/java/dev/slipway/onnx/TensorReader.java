package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads tensors, whose elements ONNX keeps raw, in one of several typed lists, or in another file. */
final class TensorReader {
    private final ExternalData external;

    TensorReader(ExternalData external) {
        this.external = external;
    }

    OnnxTensor read(TensorProto proto) {
        ElementType type = ElementType.ofCode(proto.getDataType());
        List<Integer> shape = shape(proto.getName(), proto.getDimsList());
        return new OnnxTensor(proto.getName(), type, shape, data(proto, type, shape));
    }

    static List<Integer> shape(String name, List<Long> lengths) {
        List<Integer> shape = new ArrayList<>();
        for (long length : lengths) {
            if (length < 0 || length > Integer.MAX_VALUE) {
                throw OnnxReader.malformed("tensor '" + Names.shown(name) + "' has the length " + length, null);
            }
            shape.add((int) length);
        }
        return shape;
    }

    private ByteBuffer data(TensorProto proto, ElementType type, List<Integer> shape) {
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL || proto.getExternalDataCount() > 0) {
            return external.find(ExternalReference.of(proto, type, shape));
        }
        if (proto.hasRawData() && type != ElementType.STRING) {
            return proto.getRawData().asReadOnlyByteBuffer();
        }
        return switch (type) {
            case STRING ->
                TextData.ofBytes(proto.getStringDataList().stream()
                        .map(ByteString::toByteArray)
                        .toList());
            case FLOAT32, COMPLEX64 -> floats(proto);
            case FLOAT64, COMPLEX128 -> doubles(proto);
            case INT64 -> {
                ByteBuffer data = allocate(proto.getInt64DataCount(), Long.BYTES);
                for (int i = 0; i < proto.getInt64DataCount(); i++) {
                    data.putLong(proto.getInt64Data(i));
                }
                yield data.flip();
            }
            case UINT32, UINT64 -> unsigned(proto, type.bytes());
            // Types smaller than a byte are already packed here, so that each number is a byte.
            default -> integers(proto, Math.max(Byte.BYTES, type.bits() / Byte.SIZE));
        };
    }

    private static ByteBuffer floats(TensorProto proto) {
        ByteBuffer data = allocate(proto.getFloatDataCount(), Float.BYTES);
        for (int i = 0; i < proto.getFloatDataCount(); i++) {
            data.putFloat(proto.getFloatData(i));
        }
        return data.flip();
    }

    private static ByteBuffer doubles(TensorProto proto) {
        ByteBuffer data = allocate(proto.getDoubleDataCount(), Double.BYTES);
        for (int i = 0; i < proto.getDoubleDataCount(); i++) {
            data.putDouble(proto.getDoubleData(i));
        }
        return data.flip();
    }

    private static ByteBuffer unsigned(TensorProto proto, int bytes) {
        ByteBuffer data = allocate(proto.getUint64DataCount(), bytes);
        for (int i = 0; i < proto.getUint64DataCount(); i++) {
            long value = proto.getUint64Data(i);
            if (bytes == Long.BYTES) {
                data.putLong(value);
            } else {
                data.putInt((int) value);
            }
        }
        return data.flip();
    }

    private static ByteBuffer integers(TensorProto proto, int bytes) {
        ByteBuffer data = allocate(proto.getInt32DataCount(), bytes);
        for (int i = 0; i < proto.getInt32DataCount(); i++) {
            int value = proto.getInt32Data(i);
            switch (bytes) {
                case Byte.BYTES -> data.put((byte) value);
                case Short.BYTES -> data.putShort((short) value);
                default -> data.putInt(value);
            }
        }
        return data.flip();
    }

    private static ByteBuffer allocate(int elements, int elementBytes) {
        long bytes = (long) elements * elementBytes;
        if (bytes > Integer.MAX_VALUE) {
            throw OnnxReader.malformed("a tensor is larger than 2 GiB", null);
        }
        return ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
