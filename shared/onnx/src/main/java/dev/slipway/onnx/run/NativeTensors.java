package dev.slipway.onnx.run;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Hands tensors to ONNX Runtime, without a copy where their data is outside the heap, and copies results out of it. */
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

    /** The result refers to the tensor's data if that is outside the heap, and keeps it from being collected. */
    static ai.onnxruntime.OnnxTensor toNative(OnnxTensor tensor) throws OrtException {
        long[] shape = tensor.shape().stream().mapToLong(Integer::longValue).toArray();
        if (tensor.type() == ElementType.STRING) {
            return ai.onnxruntime.OnnxTensor.createTensor(
                    Ort.environment(), tensor.texts().toArray(String[]::new), shape);
        }
        OnnxJavaType type = javaType(tensor.type())
                .orElseThrow(() -> SlipwayException.unsupported(
                        "onnx.element-type",
                        "ONNX Runtime's Java binding takes no " + tensor.type() + " tensors ('" + tensor.name()
                                + "'); put a Cast from another type into the model."));
        return ai.onnxruntime.OnnxTensor.createTensor(Ort.environment(), outsideHeap(tensor.data()), shape, type);
    }

    /** Whether ONNX Runtime's Java binding can be given such elements. */
    static boolean takes(ElementType type) {
        return javaType(type).isPresent();
    }

    static OnnxTensor fromNative(String name, ElementType type, ai.onnxruntime.OnnxTensor tensor) throws OrtException {
        TensorInfo info = tensor.getInfo();
        List<Integer> shape = new ArrayList<>();
        long size = 1;
        for (long length : info.getShape()) {
            size *= length;
            if (length > Integer.MAX_VALUE || type.bytes(size) > Integer.MAX_VALUE) {
                throw SlipwayException.tooLarge(
                        "onnx.too-large",
                        "The value '" + name + "' has the shape " + Arrays.toString(info.getShape())
                                + ", more than 2 GiB; run the model on smaller inputs.");
            }
            shape.add((int) length);
        }
        if (type == ElementType.STRING) {
            return OnnxTensor.texts(name, shape, texts(tensor.getValue()));
        }
        return new OnnxTensor(name, type, shape, size == 0 ? ByteBuffer.allocate(0) : tensor.getByteBuffer());
    }

    private static ByteBuffer outsideHeap(ByteBuffer data) {
        if (data.isDirect()) {
            return data.order(ByteOrder.nativeOrder());
        }
        ByteBuffer copy = ByteBuffer.allocateDirect(data.remaining()).order(ByteOrder.nativeOrder());
        return copy.put(data).flip();
    }

    private static List<String> texts(Object value) {
        if (value instanceof Object[] several) {
            return Arrays.stream(several).flatMap(one -> texts(one).stream()).toList();
        }
        return List.of((String) value);
    }

    private static Optional<OnnxJavaType> javaType(ElementType type) {
        return switch (type) {
            case FLOAT32 -> Optional.of(OnnxJavaType.FLOAT);
            case FLOAT64 -> Optional.of(OnnxJavaType.DOUBLE);
            case FLOAT16 -> Optional.of(OnnxJavaType.FLOAT16);
            case BFLOAT16 -> Optional.of(OnnxJavaType.BFLOAT16);
            case INT8 -> Optional.of(OnnxJavaType.INT8);
            case UINT8 -> Optional.of(OnnxJavaType.UINT8);
            case INT16 -> Optional.of(OnnxJavaType.INT16);
            case INT32 -> Optional.of(OnnxJavaType.INT32);
            case INT64 -> Optional.of(OnnxJavaType.INT64);
            case BOOL -> Optional.of(OnnxJavaType.BOOL);
            default -> Optional.empty();
        };
    }
}
