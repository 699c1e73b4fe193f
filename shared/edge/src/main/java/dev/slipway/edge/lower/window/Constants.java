package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Parts of values: of constants they are taken now, of others when the model runs. */
final class Constants {
    private Constants() {}

    /** {@code size} elements along an axis, from {@code begin} on. */
    static EdgeValue part(Kernels kernels, EdgeValue value, int axis, int begin, int size) {
        if (!value.isConstant()) {
            return kernels.slice(value, axis, begin, size);
        }
        return chosen(value, axis, IntStream.range(begin, begin + size).boxed().toList());
    }

    /** The value without this axis, at this place along it. */
    static EdgeValue at(Kernels kernels, EdgeValue value, int axis, int index) {
        return kernels.squeeze(part(kernels, value, axis, index, 1), List.of(axis));
    }

    /** The elements along an axis in reverse order. */
    static EdgeValue reversed(Kernels kernels, EdgeValue value, int axis) {
        int length = value.shape().get(axis);
        if (length == 1) {
            return value;
        }
        List<Integer> order =
                IntStream.range(0, length).map(i -> length - 1 - i).boxed().toList();
        return value.isConstant()
                ? chosen(value, axis, order)
                : kernels.gather(value, EdgeValue.integers("reversed", order), axis);
    }

    private static EdgeValue chosen(EdgeValue value, int axis, List<Integer> indices) {
        List<Integer> axes = new ArrayList<>(List.of(axis));
        IntStream.range(0, value.rank()).filter(other -> other != axis).forEach(axes::add);
        Permutation first = new Permutation(axes);
        EdgeValue from = value.transposed(first);
        java.nio.ByteBuffer bytes = from.data().orElseThrow();
        int row = bytes.remaining() / Math.max(from.shape().get(0), 1);
        java.nio.ByteBuffer to = java.nio.ByteBuffer.allocate(Math.multiplyExact(row, indices.size()));
        for (int index : indices) {
            to.put(bytes.slice(index * row, row));
        }
        List<Integer> shape = new ArrayList<>(from.shape());
        shape.set(0, indices.size());
        return EdgeValue.constant(value.name(), value.type(), shape, to.flip()).transposed(first.inverse());
    }
}
