package dev.slipway.edge.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An order of axes, as TRANSPOSE takes it: axis {@code i} of the result is axis {@code axes[i]} of the input.
 *
 * <p>Permutations form a group under {@link #then}; layouts are reasoned about with this algebra only, never by looking
 * at lengths that happen to be equal.
 */
public record Permutation(List<Integer> axes) {
    public Permutation {
        axes = List.copyOf(axes);
        List<Integer> sorted = axes.stream().sorted().toList();
        if (!sorted.equals(IntStream.range(0, sorted.size()).boxed().toList())) {
            throw new IllegalArgumentException(axes + " is no permutation");
        }
    }

    public static Permutation of(int... axes) {
        return new Permutation(Arrays.stream(axes).boxed().toList());
    }

    public static Permutation identity(int rank) {
        return new Permutation(IntStream.range(0, rank).boxed().toList());
    }

    /** From ONNX's layout (batch, channels, space…) to TFLite's (batch, space…, channels). */
    public static Permutation toChannelsLast(int rank) {
        List<Integer> axes = new ArrayList<>(List.of(0));
        IntStream.range(2, rank).forEach(axes::add);
        axes.add(1);
        return new Permutation(axes);
    }

    /** From TFLite's layout to ONNX's. */
    public static Permutation toChannelsFirst(int rank) {
        return toChannelsLast(rank).inverse();
    }

    public int rank() {
        return axes.size();
    }

    /** The axis of the input that becomes axis {@code axis} of the result. */
    public int source(int axis) {
        return axes.get(axis);
    }

    /** The one permutation that does what this and afterwards {@code next} do. */
    public Permutation then(Permutation next) {
        return new Permutation(next.axes.stream().map(axes::get).toList());
    }

    public Permutation inverse() {
        Integer[] inverse = new Integer[rank()];
        for (int i = 0; i < rank(); i++) {
            inverse[axes.get(i)] = i;
        }
        return new Permutation(List.of(inverse));
    }

    public boolean isIdentity() {
        return equals(identity(rank()));
    }

    /** The shape, or whatever else belongs to the axes, of the result. */
    public <T> List<T> apply(List<T> perAxis) {
        return axes.stream().map(perAxis::get).toList();
    }

    /** Whether, for an input of this shape, elements keep their row-major order: only axes of length 1 move. */
    public boolean keepsOrder(List<Integer> shape) {
        List<Integer> moving =
                axes.stream().filter(axis -> shape.get(axis) != 1).toList();
        return moving.equals(moving.stream().sorted().toList());
    }
}
