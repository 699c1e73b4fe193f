package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Where the elements of the columns of Col2Im stand in the image. */
record ColumnPlaces(
        Kernels kernels,
        List<Length> image,
        List<Length> block,
        List<Integer> dilations,
        List<Integer> strides,
        List<Integer> pads) {

    /**
     * For each place in the block, for each of so many positions of the block: the pixel's number, or the number of
     * pixels if it lies in the padding. An INT32 vector.
     */
    EdgeValue places(Length positions) {
        boolean fixed = positions instanceof Length.Fixed
                && image.stream().allMatch(Length.Fixed.class::isInstance)
                && block.stream().allMatch(Length.Fixed.class::isInstance);
        return fixed ? EdgeValue.integers("places", constant(LengthArithmetic.known(positions))) : computed(positions);
    }

    private List<Integer> constant(int positions) {
        List<Integer> size = Kernels.known(image);
        List<Integer> inBlock = Kernels.known(block);
        List<Integer> counts = IntStream.range(0, size.size())
                .mapToObj(axis -> (size.get(axis) + spare(axis) - dilations.get(axis) * (inBlock.get(axis) - 1))
                                / strides.get(axis)
                        + 1)
                .toList();
        List<Integer> places = new ArrayList<>();
        int elements = inBlock.stream().reduce(1, Math::multiplyExact);
        int pixels = size.stream().reduce(1, Math::multiplyExact);
        for (int element = 0; element < elements; element++) {
            for (int position = 0; position < positions; position++) {
                places.add(place(element, position, size, inBlock, counts, pixels));
            }
        }
        return places;
    }

    private int place(
            int element, int position, List<Integer> size, List<Integer> inBlock, List<Integer> counts, int pixels) {
        int place = 0;
        int step = 1;
        int elementRest = element;
        int positionRest = position;
        for (int axis = size.size() - 1; axis >= 0; axis--) {
            int at = elementRest % inBlock.get(axis) * dilations.get(axis)
                    + positionRest % counts.get(axis) * strides.get(axis)
                    - pads.get(axis);
            if (at < 0 || at >= size.get(axis)) {
                return pixels;
            }
            place += at * step;
            step *= size.get(axis);
            elementRest /= inBlock.get(axis);
            positionRest /= counts.get(axis);
        }
        return place;
    }

    /** How far the padding lets the block's first element go beyond the last pixel but one. */
    private int spare(int axis) {
        return pads.get(axis) + pads.get(axis + pads.size() / 2) - 1;
    }

    private EdgeValue computed(Length positions) {
        LengthArithmetic arithmetic = new LengthArithmetic(kernels);
        EdgeValue elements = kernels.unsqueeze(arithmetic.range(arithmetic.product(block)), List.of(1));
        EdgeValue blocks = kernels.unsqueeze(arithmetic.range(positions), List.of(0));
        EdgeValue zero = EdgeValue.scalar(TensorType.INT32, 0);
        EdgeValue place = zero;
        EdgeValue inside = EdgeValue.scalar(TensorType.BOOL, 1);
        EdgeValue step = EdgeValue.scalar(TensorType.INT32, 1);
        for (int axis = image.size() - 1; axis >= 0; axis--) {
            EdgeValue size = kernels.length(image.get(axis));
            EdgeValue inBlock = kernels.length(block.get(axis));
            EdgeValue free = kernels.subtract(
                    kernels.add(size, spare(axis)), kernels.multiply(kernels.add(inBlock, -1), dilations.get(axis)));
            EdgeValue count = kernels.add(divided(free, EdgeValue.scalar(TensorType.INT32, strides.get(axis))), 1);
            EdgeValue at = kernels.add(
                    kernels.add(
                            kernels.multiply(remainder(elements, inBlock), dilations.get(axis)),
                            kernels.multiply(remainder(blocks, count), strides.get(axis))),
                    -pads.get(axis));
            EdgeValue below = kernels.compare(BuiltinOperator.LESS, at, size);
            EdgeValue above = kernels.compare(BuiltinOperator.GREATER_EQUAL, at, zero);
            inside = kernels.binary(
                    BuiltinOperator.LOGICAL_AND, kernels.binary(BuiltinOperator.LOGICAL_AND, below, above), inside);
            place = kernels.add(kernels.multiply(at, step), place);
            step = kernels.multiply(step, size);
            elements = divided(elements, inBlock);
            blocks = divided(blocks, count);
        }
        return kernels.reshape(kernels.select(inside, place, step), List.of(Length.fixed(-1)));
    }

    private EdgeValue divided(EdgeValue number, EdgeValue by) {
        return kernels.binary(BuiltinOperator.FLOOR_DIV, number, by);
    }

    private EdgeValue remainder(EdgeValue number, EdgeValue by) {
        return kernels.binary(BuiltinOperator.FLOOR_MOD, number, by);
    }
}
