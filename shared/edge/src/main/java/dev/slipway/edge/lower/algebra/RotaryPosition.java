package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Turns pairs of elements of each head's vector by the angle of its position.
 *
 * @param interleaved whether a pair are neighbours; otherwise the halves of the vector are paired
 */
record RotaryPosition(Kernels kernels, boolean interleaved) {

    /** {@code cosines} and {@code sines} broadcast against a value of half as many elements in the last axis. */
    EdgeValue apply(EdgeValue value, EdgeValue cosines, EdgeValue sines, int dimension) {
        int last = value.rank() - 1;
        EdgeValue rotating = dimension == value.shape().get(last) ? value : kernels.slice(value, last, 0, dimension);
        int half = dimension / 2;
        EdgeValue first = interleaved ? everySecond(rotating, 0, half) : kernels.slice(rotating, last, 0, half);
        EdgeValue second = interleaved ? everySecond(rotating, 1, half) : kernels.slice(rotating, last, half, half);
        EdgeValue real = kernels.subtract(kernels.multiply(first, cosines), kernels.multiply(second, sines));
        EdgeValue imaginary = kernels.add(kernels.multiply(first, sines), kernels.multiply(second, cosines));
        EdgeValue rotated;
        if (interleaved) {
            List<Length> lengths = new ArrayList<>(Grouping.lengths(rotating, 0, last));
            lengths.add(Length.fixed(dimension));
            rotated = kernels.reshape(kernels.pack(List.of(real, imaginary), value.rank()), lengths);
        } else {
            rotated = kernels.concatenate(List.of(real, imaginary), last);
        }
        return rotating == value
                ? rotated
                : kernels.concatenate(List.of(rotated, kernels.slice(value, last, dimension, -1)), last);
    }

    private EdgeValue everySecond(EdgeValue value, int from, int count) {
        int rank = value.rank();
        List<Integer> begins = new ArrayList<>(Collections.nCopies(rank, 0));
        List<Integer> strides = new ArrayList<>(Collections.nCopies(rank, 1));
        begins.set(rank - 1, from);
        strides.set(rank - 1, 2);
        int all = (1 << rank) - 1;
        List<Integer> shape = new ArrayList<>(value.shape());
        shape.set(rank - 1, count);
        return kernels.add(
                BuiltinOperator.STRIDED_SLICE,
                new OperatorOptions.StridedSlice(all & ~(1 << (rank - 1)), all, 0, 0, 0, false),
                List.of(
                        value,
                        EdgeValue.integers("begin", begins),
                        EdgeValue.integers("end", Collections.nCopies(rank, 0)),
                        EdgeValue.integers("strides", strides)),
                value.type(),
                shape);
    }
}
