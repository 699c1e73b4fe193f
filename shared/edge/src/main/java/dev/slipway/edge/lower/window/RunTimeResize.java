package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Resize along an axis whose places are computed when the model runs. */
final class RunTimeResize {
    private final Kernels kernels;
    private final Lengths lengths;
    private final Numbers numbers;
    private final ResizeRule rule;
    private final ResizeInputs inputs;

    RunTimeResize(Kernels kernels, ResizeRule rule, ResizeInputs inputs) {
        this.kernels = kernels;
        this.lengths = new Lengths(kernels);
        this.numbers = new Numbers(kernels);
        this.rule = rule;
        this.inputs = inputs;
    }

    /** The value with its axis {@code at} made another. */
    EdgeValue apply(EdgeValue value, int at, int position) {
        EdgeValue places = places(position);
        Length before = Length.of(value, at);
        if (rule.mode() == ResizeRule.Mode.NEAREST) {
            return kernels.gather(
                    value, clamped(kernels.cast(nearest(places, position), TensorType.INT32), before), at);
        }
        EdgeValue stretch = rule.antialias()
                ? kernels.maximum(Numbers.number(1), kernels.divide(Numbers.number(1), inputs.scale(position)))
                : Numbers.number(1);
        Length reach = rule.antialias()
                ? new Length.Computed(kernels.cast(
                        kernels.add(kernels.unary(BuiltinOperator.CEIL, kernels.multiply(stretch, rule.reach())), 1),
                        TensorType.INT32))
                : Length.fixed(rule.reach() + 1);
        // The elements with those at the border repeated before and behind.
        EdgeValue indices =
                kernels.subtract(numbers.range(lengths.plus(before, lengths.times(reach, 2))), kernels.length(reach));
        EdgeValue inside = clamped(indices, before);
        EdgeValue extended = kernels.gather(value, inside, at);
        EdgeValue column = kernels.unsqueeze(places, List.of(1));
        EdgeValue distance = kernels.unary(
                BuiltinOperator.ABS,
                kernels.divide(kernels.subtract(kernels.cast(indices, TensorType.FLOAT32), column), stretch));
        EdgeValue weights = weights(distance);
        if (rule.excludeOutside()) {
            EdgeValue real = kernels.compare(BuiltinOperator.EQUAL, indices, inside);
            weights = kernels.multiply(weights, kernels.cast(real, TensorType.FLOAT32));
        }
        if (rule.excludeOutside() || rule.antialias()) {
            weights = kernels.divide(weights, kernels.reduce(BuiltinOperator.SUM, weights, List.of(1), true));
        }
        return product(kernels, weights, extended, at);
    }

    /** The matrix applied along an axis of the value. */
    static EdgeValue product(Kernels kernels, EdgeValue matrix, EdgeValue value, int at) {
        Lengths lengths = new Lengths(kernels);
        List<Length> all = Lengths.of(value);
        List<Length> result = new java.util.ArrayList<>(all);
        result.set(at, Length.of(matrix, 0));
        Length before = lengths.product(all.subList(0, at));
        if (at == value.rank() - 1) {
            EdgeValue rows = kernels.reshape(value, List.of(before, all.get(at)));
            return kernels.reshape(kernels.multiplyMatrices(rows, matrix, false, true), result);
        }
        Length behind = lengths.product(all.subList(at + 1, all.size()));
        EdgeValue blocks = kernels.reshape(value, List.of(before, all.get(at), behind));
        EdgeValue whole = kernels.unsqueeze(matrix, List.of(0));
        return kernels.reshape(kernels.multiplyMatrices(whole, blocks, false, false), result);
    }

    /** Which elements of the output lie outside a crop: a BOOL vector. */
    EdgeValue outside(int position) {
        EdgeValue places = places(position);
        EdgeValue last = kernels.add(inputs.length(position), -1);
        return kernels.binary(
                BuiltinOperator.LOGICAL_OR,
                kernels.compare(BuiltinOperator.LESS, places, Numbers.number(0)),
                kernels.compare(BuiltinOperator.GREATER, places, last));
    }

    /**
     * What the kernel, which takes the middle of the input for an output of one element, is to be given for
     * PYTORCH_HALF_PIXEL, which takes the first element: only that.
     */
    EdgeValue firstIfSingle(EdgeValue value, int at, Length out) {
        if (rule.coordinates() != ResizeRule.Coordinates.PYTORCH_HALF_PIXEL || out instanceof Length.Fixed) {
            return value;
        }
        // min(length, 1 + (out − 1) · length): 1 if out is 1.
        EdgeValue length = kernels.length(Length.of(value, at));
        EdgeValue more = kernels.multiply(kernels.length(lengths.plus(out, -1)), length);
        Length kept = new Length.Computed(kernels.minimum(length, kernels.add(more, 1)));
        return Slices.strided(kernels, value, at, 0, kept, 1);
    }

    private EdgeValue places(int position) {
        Length out = inputs.out(position);
        EdgeValue index = kernels.cast(numbers.range(out), TensorType.FLOAT32);
        EdgeValue scale = inputs.scale(position);
        EdgeValue last = kernels.add(inputs.length(position), -1);
        EdgeValue size = kernels.cast(kernels.length(out), TensorType.FLOAT32);
        EdgeValue lastOut = kernels.maximum(kernels.add(size, -1), Numbers.number(1));
        EdgeValue half = kernels.divide(kernels.add(index, 0.5), scale);
        return switch (rule.coordinates()) {
            case HALF_PIXEL -> kernels.add(half, -0.5);
            case PYTORCH_HALF_PIXEL ->
                kernels.select(
                        kernels.compare(BuiltinOperator.GREATER, size, Numbers.number(1)),
                        kernels.add(half, -0.5),
                        kernels.multiply(index, 0));
            case HALF_PIXEL_SYMMETRIC -> {
                EdgeValue exact = kernels.multiply(scale, inputs.length(position));
                EdgeValue rest = kernels.subtract(Numbers.number(1), kernels.divide(size, exact));
                EdgeValue offset = kernels.multiply(kernels.multiply(inputs.length(position), 0.5), rest);
                yield kernels.add(kernels.add(offset, half), -0.5);
            }
            case ALIGN_CORNERS -> kernels.divide(kernels.multiply(index, last), lastOut);
            case ASYMMETRIC -> kernels.divide(index, scale);
            case TF_HALF_PIXEL_FOR_NN -> half;
            case TF_CROP_AND_RESIZE -> {
                EdgeValue begin = inputs.crop(position, false);
                EdgeValue end = inputs.crop(position, true);
                EdgeValue width = kernels.multiply(kernels.subtract(end, begin), last);
                EdgeValue several = kernels.add(
                        kernels.multiply(begin, last), kernels.divide(kernels.multiply(index, width), lastOut));
                EdgeValue single = kernels.multiply(kernels.multiply(kernels.add(begin, end), 0.5), last);
                yield kernels.select(
                        kernels.compare(BuiltinOperator.GREATER, size, Numbers.number(1)), several, single);
            }
        };
    }

    private EdgeValue nearest(EdgeValue places, int position) {
        return switch (rule.nearest()) {
            case ROUND_PREFER_FLOOR -> rounded(places, BuiltinOperator.GREATER);
            case ROUND_PREFER_CEIL -> rounded(places, BuiltinOperator.GREATER_EQUAL);
            case FLOOR -> kernels.unary(BuiltinOperator.FLOOR, places);
            case CEIL -> kernels.unary(BuiltinOperator.CEIL, places);
            case SIMPLE ->
                kernels.select(
                        kernels.compare(BuiltinOperator.LESS, inputs.scale(position), Numbers.number(1)),
                        kernels.unary(BuiltinOperator.CEIL, places),
                        kernels.unary(BuiltinOperator.FLOOR, places));
        };
    }

    /** Upwards if what is behind the point compares so with a half; adding a half first could round. */
    private EdgeValue rounded(EdgeValue places, BuiltinOperator comparison) {
        EdgeValue floor = kernels.unary(BuiltinOperator.FLOOR, places);
        EdgeValue up = kernels.compare(comparison, kernels.subtract(places, floor), Numbers.number(0.5));
        return kernels.add(floor, kernels.cast(up, TensorType.FLOAT32));
    }

    private EdgeValue weights(EdgeValue distance) {
        if (rule.mode() == ResizeRule.Mode.LINEAR) {
            return kernels.maximum(kernels.subtract(Numbers.number(1), distance), Numbers.number(0));
        }
        double a = rule.cubic();
        EdgeValue near = polynomial(distance, a + 2, -(a + 3), 0, 1);
        EdgeValue far = polynomial(distance, a, -5 * a, 8 * a, -4 * a);
        EdgeValue beyond = kernels.select(
                kernels.compare(BuiltinOperator.LESS, distance, Numbers.number(2)), far, Numbers.number(0));
        return kernels.select(kernels.compare(BuiltinOperator.LESS_EQUAL, distance, Numbers.number(1)), near, beyond);
    }

    private EdgeValue polynomial(EdgeValue x, double third, double second, double first, double constant) {
        EdgeValue sum = kernels.add(kernels.multiply(x, third), second);
        sum = kernels.add(kernels.multiply(sum, x), first);
        return kernels.add(kernels.multiply(sum, x), constant);
    }

    private EdgeValue clamped(EdgeValue indices, Length length) {
        return numbers.clamped(indices, kernels.length(lengths.plus(length, -1)));
    }
}
