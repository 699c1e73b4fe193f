package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.Quantization;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one operation computes with integers.
 *
 * @param activations the places of the inputs that are quantised as activations
 * @param weights the place of the input that is quantised symmetrically
 * @param weightAxis the axis of the weights along which there is a scale for each index
 * @param bias the place of the input that has the scale of activation times weights
 * @param sameScale whether inputs and outputs have one scale
 * @param fixed the only scale that the kernel gives its output
 * @param integerOutput whether the output is quantised; it is not if it is no number that the inputs' are about
 */
record KernelRule(
        List<Integer> activations,
        OptionalInt weights,
        OptionalInt weightAxis,
        OptionalInt bias,
        boolean sameScale,
        Optional<Quantization> fixed,
        boolean integerOutput) {

    /** An output with a scale of its own. */
    static KernelRule own(Integer... activations) {
        return withoutWeights(List.of(activations), false, Optional.empty(), true);
    }

    /** An output with the scale of the inputs. */
    static KernelRule same(List<Integer> activations) {
        return withoutWeights(activations, true, Optional.empty(), true);
    }

    static KernelRule fixed(float scale, long zeroPoint) {
        return withoutWeights(List.of(0), false, Optional.of(Quantization.perTensor(scale, zeroPoint)), true);
    }

    /** An activation times constant weights, plus a bias. */
    static KernelRule product(int activation, int axis, int bias) {
        return new KernelRule(
                List.of(activation),
                OptionalInt.of(1),
                OptionalInt.of(axis),
                OptionalInt.of(bias),
                false,
                Optional.empty(),
                true);
    }

    /** Integers or booleans about quantised inputs. */
    static KernelRule about(Integer... activations) {
        return withoutWeights(List.of(activations), false, Optional.empty(), false);
    }

    private static KernelRule withoutWeights(
            List<Integer> activations, boolean sameScale, Optional<Quantization> fixed, boolean integerOutput) {
        OptionalInt none = OptionalInt.empty();
        return new KernelRule(activations, none, none, none, sameScale, fixed, integerOutput);
    }

    /** The activations that are not constant. */
    List<EdgeValue> computed(EdgeOperation operation) {
        return activations.stream()
                .map(operation::input)
                .filter(value -> !value.isConstant())
                .toList();
    }
}
