package dev.slipway.tflite.run;

import dev.slipway.tflite.TensorType;
import java.util.List;

/**
 * An input or output of a loaded model.
 *
 * @param name by the model's signature or, without one, the tensor's own
 * @param shape the length of each axis, -1 where the caller chooses
 */
public record InterpreterValue(String name, TensorType type, List<Integer> shape) {
    public InterpreterValue {
        shape = List.copyOf(shape);
    }
}
