package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * ONNX's element types in TFLite. The model's inputs and outputs keep their types. Inside, TFLite's kernels compute in
 * FLOAT32, INT32, INT64 and BOOL, to which narrower integers are widened exactly. FLOAT64 is computed as FLOAT32, which
 * the verification then judges.
 */
public final class ElementTypes {
    private ElementTypes() {}

    /** The type of the model's inputs and outputs. Fails with {@code edge.type} where TFLite has no such type. */
    public static TensorType own(ElementType type) {
        return switch (type) {
            case FLOAT32 -> TensorType.FLOAT32;
            case FLOAT16 -> TensorType.FLOAT16;
            case FLOAT64 -> TensorType.FLOAT64;
            case INT8 -> TensorType.INT8;
            case UINT8 -> TensorType.UINT8;
            case INT16 -> TensorType.INT16;
            case UINT16 -> TensorType.UINT16;
            case INT32 -> TensorType.INT32;
            case UINT32 -> TensorType.UINT32;
            case INT64 -> TensorType.INT64;
            case UINT64 -> TensorType.UINT64;
            case BOOL -> TensorType.BOOL;
            default -> throw SlipwayException.unsupported("edge.type", "TFLite has no tensors of " + type);
        };
    }

    /** The type that kernels compute values of this type in. */
    public static TensorType computed(ElementType type) {
        return switch (type) {
            case FLOAT32, FLOAT16, BFLOAT16, FLOAT64 -> TensorType.FLOAT32;
            case INT8, UINT8, INT16, UINT16, INT32 -> TensorType.INT32;
            case UINT32, INT64, UINT64 -> TensorType.INT64;
            case BOOL -> TensorType.BOOL;
            default -> throw SlipwayException.unsupported("edge.type", "TFLite can't compute with " + type);
        };
    }

    /** The type that values of this type are held in until somebody computes with them. */
    public static TensorType held(ElementType type) {
        return switch (type) {
            // Kernels that only move elements know these.
            case INT8, UINT8, INT16 -> own(type);
            default -> computed(type);
        };
    }

    /** A constant in the type that it is held in. */
    static EdgeValue constant(OnnxTensor tensor) {
        if (tensor.type() == ElementType.BFLOAT16) {
            return widened(tensor);
        }
        return EdgeValue.constant(tensor.name(), own(tensor.type()), tensor.shape(), tensor.data())
                .cast(held(tensor.type()));
    }

    /** BFLOAT16 is the upper half of a FLOAT32. */
    private static EdgeValue widened(OnnxTensor tensor) {
        ByteBuffer from = tensor.data();
        ByteBuffer to = ByteBuffer.allocate(Math.multiplyExact(tensor.size(), Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        while (from.hasRemaining()) {
            to.putInt(from.getShort() << Short.SIZE);
        }
        return EdgeValue.constant(tensor.name(), TensorType.FLOAT32, tensor.shape(), to.flip());
    }
}
