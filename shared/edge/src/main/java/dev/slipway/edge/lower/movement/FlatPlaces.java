package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Indices along several axes as places in the row-major order of these axes, all INT32. */
record FlatPlaces(Kernels kernels) {
    // More offsets are computed by the model rather than stored in it.
    private static final int LARGEST_CONSTANT = 1 << 14;

    /** Indices whose last axis names these axes, counted from their starts. */
    EdgeValue fromStart(EdgeValue indices, List<Length> lengths) {
        EdgeValue narrow = kernels.cast(indices, TensorType.INT32);
        if (narrow.isConstant() && narrow.integers().stream().allMatch(index -> index >= 0)) {
            return narrow;
        }
        return new Indices(kernels).fromStart(narrow, kernels.lengths(lengths));
    }

    /** One place for all indices along the last axis. */
    EdgeValue flat(EdgeValue indices, List<Length> lengths) {
        int last = indices.rank() - 1;
        if (lengths.size() == 1) {
            return kernels.squeeze(indices, List.of(last));
        }
        EdgeValue steps = kernels.lengths(steps(lengths));
        return kernels.reduce(BuiltinOperator.SUM, kernels.multiply(indices, steps), List.of(last), false);
    }

    /** How far apart neighbours along each axis are. */
    List<Length> steps(List<Length> lengths) {
        LengthArithmetic arithmetic = new LengthArithmetic(kernels);
        List<Length> steps = new ArrayList<>();
        for (int axis = 0; axis < lengths.size(); axis++) {
            steps.add(arithmetic.product(lengths.subList(axis + 1, lengths.size())));
        }
        return steps;
    }

    /**
     * The places of elements, as a vector: at each position of indices of this shape, the position itself but along
     * {@code axis}, where it is the index; in a value of these lengths.
     */
    EdgeValue ofElements(EdgeValue indices, int axis, List<Length> lengths) {
        List<Length> steps = steps(lengths);
        EdgeValue own = kernels.reshape(indices, List.of(Length.fixed(-1)));
        EdgeValue places = times(own, steps.get(axis));
        EdgeValue offsets = offsets(indices, axis, steps);
        boolean none = offsets.isConstant() && offsets.integers().stream().allMatch(offset -> offset == 0);
        return none ? places : kernels.add(places, offsets);
    }

    /** What the position of each element adds to its place. */
    private EdgeValue offsets(EdgeValue indices, int axis, List<Length> steps) {
        int size = Shapes.size(indices.shape());
        boolean fixed = steps.stream().allMatch(Length.Fixed.class::isInstance);
        if (fixed && size != -1 && size <= LARGEST_CONSTANT) {
            return constantOffsets(indices.shape(), axis, Kernels.known(steps));
        }
        LengthArithmetic arithmetic = new LengthArithmetic(kernels);
        EdgeValue offsets = EdgeValue.integers("offset", List.of(1), List.of(0));
        for (int other = 0; other < indices.rank(); other++) {
            Length count = Length.of(indices, other);
            EdgeValue row = other == axis
                    ? arithmetic.filled(count, TensorType.INT32, 0)
                    : times(arithmetic.range(count), steps.get(other));
            EdgeValue column = kernels.reshape(offsets, List.of(Length.fixed(-1), Length.fixed(1)));
            offsets = kernels.reshape(kernels.add(column, row), List.of(Length.fixed(-1)));
        }
        return offsets;
    }

    private static EdgeValue constantOffsets(List<Integer> shape, int axis, List<Integer> steps) {
        List<Integer> offsets = List.of(0);
        for (int other = 0; other < shape.size(); other++) {
            List<Integer> longer = new ArrayList<>();
            for (int offset : offsets) {
                for (int i = 0; i < shape.get(other); i++) {
                    longer.add(offset + (other == axis ? 0 : i * steps.get(other)));
                }
            }
            offsets = longer;
        }
        return EdgeValue.integers("offsets", offsets);
    }

    private EdgeValue times(EdgeValue numbers, Length step) {
        return step.equals(Length.fixed(1)) ? numbers : kernels.multiply(numbers, kernels.length(step));
    }
}
