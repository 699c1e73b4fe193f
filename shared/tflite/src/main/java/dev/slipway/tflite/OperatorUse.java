package dev.slipway.tflite;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One application of an operator, asked for what its version depends on. */
record OperatorUse(OperatorOptions options, List<Optional<TfliteTensor>> inputs, List<TfliteTensor> outputs) {

    /** Whether the input is there and has one of the types. */
    boolean input(int index, TensorType... types) {
        return present(index) && Arrays.asList(types).contains(tensor(index).type());
    }

    /** Whether the output is there and has one of the types. */
    boolean output(int index, TensorType... types) {
        return index < outputs.size()
                && Arrays.asList(types).contains(outputs.get(index).type());
    }

    boolean present(int index) {
        return index < inputs.size() && inputs.get(index).isPresent();
    }

    /** The number of axes of an input, 0 if it is absent. */
    int rank(int index) {
        return present(index) ? tensor(index).shape().size() : 0;
    }

    /** The highest number of axes of any input. */
    int highestRank() {
        int highest = 0;
        for (int i = 0; i < inputs.size(); i++) {
            highest = Math.max(highest, rank(i));
        }
        return highest;
    }

    /** Whether one of the first two inputs must be stretched to the other's shape. */
    boolean broadcasts() {
        return present(0) && present(1) && !tensor(0).shape().equals(tensor(1).shape());
    }

    boolean isQuantized(int input) {
        return present(input) && tensor(input).quantization().isPresent();
    }

    boolean isPerChannel(int input) {
        return present(input)
                && tensor(input)
                        .quantization()
                        .filter(Quantization::isPerChannel)
                        .isPresent();
    }

    /** Float activations with 8-bit weights: the kernel quantises the former on the fly. */
    boolean isHybrid(int weights) {
        return input(0, TensorType.FLOAT32) && input(weights, TensorType.INT8) && output(0, TensorType.FLOAT32);
    }

    /** Activations of the first type with weights of the second. */
    boolean isIntegers(TensorType activations, int weights, TensorType weightsType) {
        return input(0, activations) && input(weights, weightsType) && output(0, activations);
    }

    TfliteTensor tensor(int input) {
        return inputs.get(input).orElseThrow();
    }
}
