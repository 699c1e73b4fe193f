package dev.slipway.edge;

import ai.onnxruntime.platform.Fp16Conversions;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.ElementTypes;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Tensors of either runtime, whose elements have the same bytes. */
final class EdgeTensors {
    private EdgeTensors() {}

    static TensorData toTflite(OnnxTensor tensor) {
        return new TensorData(ElementTypes.own(tensor.type()), tensor.shape(), tensor.data());
    }

    static OnnxTensor toOnnx(String name, TensorData tensor) {
        return new OnnxTensor(name, elementType(tensor.type()), tensor.shape(), tensor.data());
    }

    static OnnxTensor transposed(OnnxTensor tensor, Permutation order) {
        EdgeValue value =
                EdgeValue.constant(tensor.name(), ElementTypes.own(tensor.type()), tensor.shape(), tensor.data());
        EdgeValue moved = value.transposed(order);
        return new OnnxTensor(
                tensor.name(), tensor.type(), moved.shape(), moved.data().orElseThrow());
    }

    /** Float elements as the 8 or 16-bit integers that stand for them. */
    static OnnxTensor quantised(OnnxTensor tensor, TfliteTensor as) {
        Quantization how = as.quantization().orElseThrow();
        TensorType type = as.type();
        boolean wide = type == TensorType.INT16;
        int lowest = wide ? Short.MIN_VALUE : Byte.MIN_VALUE;
        int highest = wide ? Short.MAX_VALUE : Byte.MAX_VALUE;
        ByteBuffer from = tensor.data();
        ByteBuffer to = ByteBuffer.allocate(tensor.size() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        while (from.hasRemaining()) {
            double place = Math.rint(from.getFloat() / (double) how.scales().get(0))
                    + how.zeroPoints().get(0);
            int integer = (int) Math.max(lowest, Math.min(highest, place));
            if (wide) {
                to.putShort((short) integer);
            } else {
                to.put((byte) integer);
            }
        }
        return new OnnxTensor(tensor.name(), elementType(type), tensor.shape(), to.flip());
    }

    /** The floats that integers stand for. */
    static OnnxTensor dequantised(OnnxTensor tensor, TfliteTensor as) {
        Quantization how = as.quantization().orElseThrow();
        ByteBuffer from = tensor.data();
        float[] numbers = new float[tensor.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (how.scales().get(0)
                    * (number(from, tensor.type()) - how.zeroPoints().get(0)));
        }
        return OnnxTensor.float32(tensor.name(), tensor.shape(), numbers);
    }

    /** The next element as a number; only 64-bit integers beyond 2⁵³ are rounded. */
    static double number(ByteBuffer from, ElementType type) {
        return switch (type) {
            case FLOAT32 -> from.getFloat();
            case FLOAT64 -> from.getDouble();
            case FLOAT16 -> Fp16Conversions.fp16ToFloat(from.getShort());
            case BFLOAT16 -> Float.intBitsToFloat(from.getShort() << Short.SIZE);
            case BOOL, UINT8 -> Byte.toUnsignedInt(from.get());
            case INT8 -> from.get();
            case UINT16 -> Short.toUnsignedInt(from.getShort());
            case INT16 -> from.getShort();
            case UINT32 -> Integer.toUnsignedLong(from.getInt());
            case INT32 -> from.getInt();
            case INT64, UINT64 -> from.getLong();
            default -> throw SlipwayException.unsupported("edge.type", "Tensors of " + type + " can't be compared.");
        };
    }

    private static ElementType elementType(TensorType type) {
        return Arrays.stream(ElementType.values())
                .filter(candidate -> candidate.name().equals(type.name()))
                .findFirst()
                .orElseThrow(() -> SlipwayException.unsupported("edge.type", "ONNX has no tensors of " + type + "."));
    }
}
