package dev.slipway.onnx.run;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Copies tensors into and out of ONNX Runtime's memory. */
final class NativeTensors {
    private static final String NATIVE_PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

    private NativeTensors() {}

    /** What the elements are, unless they are of a type that {@link ElementType} does not name. */
    static Optional<ElementType> elementType(TensorInfo info) {
        String name = info.onnxType.name().substring(NATIVE_PREFIX.length());
        String ours = name.equals("FLOAT") ? "FLOAT32" : name.equals("DOUBLE") ? "FLOAT64" : name;
        return Arrays.stream(ElementType.values())
                .filter(type -> type.name().equals(ours))
                .findFirst();
    }

    static ai.onnxruntime.OnnxTensor toNative(OnnxTensor tensor) throws OrtException {
        ByteBuffer from = tensor.data();
        ByteBuffer data = ByteBuffer.allocateDirect(from.remaining()).order(ByteOrder.nativeOrder());
        data.put(from).flip();
        long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
        return ai.onnxruntime.OnnxTensor.createTensor(Ort.environment(), data, shape, javaType(tensor));
    }

    static OnnxTensor fromNative(String name, ElementType type, ai.onnxruntime.OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        List<Integer> shape =
                Arrays.stream(info.getShape()).mapToObj(Math::toIntExact).toList();
        int size = shape.stream().reduce(1, Math::multiplyExact);
        ByteBuffer data = size == 0
                ? ByteBuffer.allocate(0)
                : ByteBuffer.allocate(Math.multiplyExact(size, type.bytes()))
                        .put(tensor.getByteBuffer())
                        .flip();
        return new OnnxTensor(name, type, shape, data);
    }

    private static OnnxJavaType javaType(OnnxTensor tensor) {
        return switch (tensor.type()) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case BFLOAT16 -> OnnxJavaType.BFLOAT16;
            case INT8 -> OnnxJavaType.INT8;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT16 -> OnnxJavaType.INT16;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case BOOL -> OnnxJavaType.BOOL;
            case UINT16, UINT32, UINT64 ->
                throw SlipwayException.unsupported(
                        "onnx.element-type",
                        "ONNX Runtime's Java binding takes no " + tensor.type() + " input ('" + tensor.name() + "').");
        };
    }
}
