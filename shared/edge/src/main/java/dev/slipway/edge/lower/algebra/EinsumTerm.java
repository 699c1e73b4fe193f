package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** A value with a label for each axis. */
record EinsumTerm(EdgeValue value, List<Integer> labels) {
    EinsumTerm {
        labels = List.copyOf(labels);
    }

    Length length(int label) {
        return Length.of(value, labels.indexOf(label));
    }

    /** The length of this label's axis, -1 if open. */
    int known(int label) {
        return value.shape().get(labels.indexOf(label));
    }

    EinsumTerm ordered(Kernels kernels, List<Integer> order) {
        List<Integer> axes = order.stream().map(labels::indexOf).toList();
        return new EinsumTerm(kernels.transpose(value, new Permutation(axes)), order);
    }

    /** Summed over all axes whose labels are not among these. */
    EinsumTerm summedTo(Kernels kernels, Collection<Integer> kept) {
        List<Integer> axes = IntStream.range(0, labels.size())
                .filter(axis -> !kept.contains(labels.get(axis)))
                .boxed()
                .toList();
        List<Integer> rest = labels.stream().filter(kept::contains).toList();
        return axes.isEmpty() ? this : new EinsumTerm(kernels.reduce(BuiltinOperator.SUM, value, axes, false), rest);
    }

    /** Without the axes of length 1 that these labels name. */
    EinsumTerm without(Kernels kernels, Collection<Integer> gone) {
        List<Integer> axes = gone.stream().map(labels::indexOf).toList();
        List<Integer> rest =
                labels.stream().filter(label -> !gone.contains(label)).toList();
        return axes.isEmpty() ? this : new EinsumTerm(kernels.squeeze(value, axes), rest);
    }

    /** Of two axes with one label the diagonal is left, until no label is there twice. */
    EinsumTerm diagonal(Kernels kernels) {
        for (int first = 0; first < labels.size(); first++) {
            int second = labels.lastIndexOf(labels.get(first));
            if (second > first) {
                return diagonal(kernels, first, second).diagonal(kernels);
            }
        }
        return this;
    }

    private EinsumTerm diagonal(Kernels kernels, int first, int second) {
        int rank = value.rank();
        List<Integer> axes = new ArrayList<>(Permutation.identity(rank).axes());
        axes.removeAll(List.of(first, second));
        List<Integer> rest = new ArrayList<>(axes.stream().map(labels::get).toList());
        axes.addAll(List.of(first, second));
        rest.add(labels.get(first));
        EdgeValue moved = kernels.transpose(value, new Permutation(axes));
        List<Length> lengths = new ArrayList<>(Grouping.lengths(moved, 0, rank - 2));
        lengths.add(Grouping.product(kernels, moved, rank - 2, rank));
        EdgeValue flat = kernels.reshape(moved, lengths);
        EdgeValue numbers = Counting.upTo(kernels, Length.of(moved, rank - 1));
        EdgeValue places;
        if (numbers.isConstant()) {
            int length = numbers.shape().get(0);
            places = EdgeValue.integers(
                    "diagonal",
                    numbers.integers().stream().map(i -> i * (length + 1)).toList());
        } else {
            EdgeValue step =
                    kernels.add(kernels.length(Length.of(moved, rank - 1)), EdgeValue.scalar(TensorType.INT32, 1));
            places = kernels.multiply(numbers, step);
        }
        return new EinsumTerm(kernels.gather(flat, places, rank - 2), rest);
    }
}
