package dev.slipway.edge.graph;

import dev.slipway.kernel.SlipwayException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shapes of which some lengths may be open (-1). */
public final class Shapes {
    private Shapes() {}

    /** What two values of these shapes broadcast to, aligned at the last axis. */
    public static List<Integer> broadcast(List<Integer> left, List<Integer> right) {
        int rank = Math.max(left.size(), right.size());
        List<Integer> a = extended(left, rank);
        List<Integer> b = extended(right, rank);
        List<Integer> shape = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            shape.add(broadcast(a.get(axis), b.get(axis)));
        }
        return shape;
    }

    /** The shape with axes of length 1 put before it until it has this rank. */
    public static List<Integer> extended(List<Integer> shape, int rank) {
        List<Integer> extended = new ArrayList<>(Collections.nCopies(Math.max(rank - shape.size(), 0), 1));
        extended.addAll(shape);
        return extended;
    }

    /** The shape with one length changed. */
    public static List<Integer> with(List<Integer> shape, int axis, int length) {
        List<Integer> changed = new ArrayList<>(shape);
        changed.set(axis, length);
        return changed;
    }

    public static boolean isFixed(List<Integer> shape) {
        return !shape.contains(-1);
    }

    /** The number of elements, -1 if a length is open; fails with {@code edge.too-large} if TFLite can't count them. */
    public static int size(List<Integer> shape) {
        if (!isFixed(shape)) {
            return -1;
        }
        long size = 1;
        for (int length : shape) {
            size *= length;
            if (size > Integer.MAX_VALUE) {
                throw SlipwayException.unsupported(
                        "edge.too-large",
                        "A tensor of the shape " + shape + " has more elements than TFLite can count; convert the model"
                                + " for smaller inputs");
            }
        }
        return (int) size;
    }

    /** The shape with its one open length, if it has one, set so that there are as many elements as in the other. */
    public static List<Integer> inferred(List<Integer> shape, List<Integer> other) {
        int open = shape.indexOf(-1);
        if (open == -1 || shape.lastIndexOf(-1) != open || !isFixed(other)) {
            return shape;
        }
        int rest = size(with(shape, open, 1));
        return rest == 0 ? shape : with(shape, open, size(other) / rest);
    }

    private static int broadcast(int left, int right) {
        if (left == 1 || left == right) {
            return right;
        }
        // An open length beside another but 1 must be 1 or equal to it.
        return right == 1 || right == -1 ? left : right;
    }
}
