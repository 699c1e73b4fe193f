package dev.slipway.tflite.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** The runtime's own numbers of tensor types ({@code TfLiteType} in {@code c_api_types.h}), unlike those in files. */
final class RuntimeTypes {
    // From number 1 on; 0 is no type.
    private static final List<TensorType> BY_NUMBER = List.of(
            TensorType.FLOAT32,
            TensorType.INT32,
            TensorType.UINT8,
            TensorType.INT64,
            TensorType.STRING,
            TensorType.BOOL,
            TensorType.INT16,
            TensorType.COMPLEX64,
            TensorType.INT8,
            TensorType.FLOAT16,
            TensorType.FLOAT64,
            TensorType.COMPLEX128,
            TensorType.UINT64,
            TensorType.RESOURCE,
            TensorType.VARIANT,
            TensorType.UINT32,
            TensorType.UINT16,
            TensorType.INT4,
            TensorType.BFLOAT16);

    private RuntimeTypes() {}

    static TensorType of(int number) {
        if (number < 1 || number > BY_NUMBER.size()) {
            throw SlipwayException.unsupported(
                    "tflite.type",
                    "The TFLite runtime gave a tensor of type number " + number + ", which is not known.");
        }
        return BY_NUMBER.get(number - 1);
    }
}
