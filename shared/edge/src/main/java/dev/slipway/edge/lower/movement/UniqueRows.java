package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.TensorType;

/**
 * Which elements or slices of a value differ, all INT32.
 *
 * @param firsts for each distinct one, in the order wanted, where it first stands
 * @param inverse for each place, the number of the distinct one that stands there
 */
record UniqueRows(EdgeValue firsts, EdgeValue inverse) {

    /** How often each distinct one stands anywhere. */
    EdgeValue counts(Kernels kernels) {
        EdgeValue ones = new LengthArithmetic(kernels).filled(Length.of(inverse, 0), TensorType.INT32, 1);
        return new RuntimeAxes(kernels).scattered(inverse, ones, Length.of(firsts, 0));
    }
}
