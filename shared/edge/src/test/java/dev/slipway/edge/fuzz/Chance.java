package dev.slipway.edge.fuzz;

import dev.slipway.onnx.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Random choices that depend on a seed alone. */
record Chance(SplittableRandom random) {
    private static final List<Long> LENGTHS = List.of(0L, 1L, 2L, 3L, 5L, 8L, 1000L, 1L << 20, 1L << 31, 1L << 40, -1L);
    private static final List<Long> INTEGERS = List.of(
            -1L,
            0L,
            1L,
            2L,
            3L,
            4L,
            7L,
            -2L,
            -5L,
            1000L,
            65_537L,
            (long) Integer.MAX_VALUE,
            (long) Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE);
    private static final List<Float> NUMBERS = List.of(
            0f,
            -0f,
            1f,
            -1f,
            0.5f,
            1e-30f,
            1e30f,
            -3.4e38f,
            Float.MIN_VALUE,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY);
    private static final List<String> NAMES = List.of(
            "",
            "a/b",
            "../../etc/passwd",
            "/",
            "x\ny",
            "ж 名",
            "%s%n",
            "\u0000",
            "a:0",
            "x".repeat(5000),
            "'",
            "output",
            "StatefulPartitionedCall:0");

    static Chance of(long seed) {
        return new Chance(new SplittableRandom(seed));
    }

    boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Mostly small or near the one given, sometimes at the edge of what there is. */
    long integer(long near) {
        return switch (random.nextInt(4)) {
            case 0 -> near + 1;
            case 1 -> near - 1;
            case 2 -> random.nextInt(-4, 9);
            default -> of(INTEGERS);
        };
    }

    long length() {
        return of(LENGTHS);
    }

    float number() {
        return one(2) ? (float) random.nextDouble(-3, 3) : of(NUMBERS);
    }

    String name() {
        return of(NAMES);
    }

    ElementType type() {
        return of(List.of(ElementType.values()));
    }

    /** The list with one of its elements changed; an empty one as it is. */
    <T> List<T> changed(List<T> list, UnaryOperator<T> change) {
        if (list.isEmpty()) {
            return list;
        }
        List<T> result = new ArrayList<>(list);
        int at = random.nextInt(result.size());
        result.set(at, change.apply(result.get(at)));
        return result;
    }

    /** The list with an element more, fewer, doubled or moved. */
    <T> List<T> rearranged(List<T> list, T another) {
        List<T> result = new ArrayList<>(list);
        int kind = result.isEmpty() ? 0 : random.nextInt(4);
        switch (kind) {
            case 0 -> result.add(random.nextInt(result.size() + 1), another);
            case 1 -> result.remove(random.nextInt(result.size()));
            case 2 -> result.add(of(result));
            default -> result.add(result.remove(random.nextInt(result.size())));
        }
        return result;
    }
}
