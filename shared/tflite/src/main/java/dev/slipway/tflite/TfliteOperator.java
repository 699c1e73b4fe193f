package dev.slipway.tflite;

import java.util.List;

/**
 * One application of a built-in operator.
 *
 * @param version the operator's revision, which says what a runtime must know in order to run it
 * @param inputs indexes of tensors; -1 is an optional input left out
 * @param outputs indexes of tensors
 */
public record TfliteOperator(
        BuiltinOperator operator, int version, List<Integer> inputs, List<Integer> outputs, OperatorOptions options) {
    public TfliteOperator {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
