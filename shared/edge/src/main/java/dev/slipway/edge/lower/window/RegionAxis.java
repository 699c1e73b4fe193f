package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * The samples that RoiAlign takes along one axis: in every bin of every region the same number or, where no number is
 * given, one for each element that the bin covers. Then all regions get as many as the greatest needs, of which the
 * others count only their own.
 */
final class RegionAxis {
    private final Kernels kernels;
    private final Numbers numbers;
    private final Lengths lengths;
    private final EdgeValue begin;
    private final EdgeValue bin;
    private final Length length;
    private final int bins;
    private final boolean adaptive;
    private final EdgeValue wanted;
    private final Length samples;

    /**
     * @param begin of every region, (regions, 1)
     * @param size of every region, (regions, 1)
     * @param ratio the number of samples in a bin, 0 if it follows from the size
     */
    RegionAxis(Kernels kernels, EdgeValue begin, EdgeValue size, Length length, int bins, int ratio) {
        this.kernels = kernels;
        this.numbers = new Numbers(kernels);
        this.lengths = new Lengths(kernels);
        this.begin = begin;
        this.length = length;
        this.bins = bins;
        this.bin = kernels.multiply(size, 1.0 / bins);
        this.adaptive = ratio <= 0;
        this.wanted = adaptive
                ? kernels.maximum(kernels.unary(BuiltinOperator.CEIL, bin), Numbers.number(0))
                : Numbers.number(ratio);
        this.samples = adaptive ? most() : Length.fixed(ratio);
    }

    private Length most() {
        EdgeValue greatest = kernels.reduce(BuiltinOperator.REDUCE_MAX, wanted, List.of(0, 1), false);
        return new Length.Computed(
                kernels.maximum(kernels.cast(greatest, TensorType.INT32), EdgeValue.scalar(TensorType.INT32, 1)));
    }

    int bins() {
        return bins;
    }

    /** In every bin. */
    Length samples() {
        return samples;
    }

    boolean isAdaptive() {
        return adaptive;
    }

    /** Which samples count, broadcastable to (regions, rows, columns, channels) where they stand along this axis. */
    EdgeValue counts(int axis) {
        EdgeValue each = kernels.compare(BuiltinOperator.LESS, sample(), wanted);
        return kernels.unsqueeze(each, axis == 1 ? List.of(2, 3) : List.of(1, 3));
    }

    /** What a sum over a bin's samples is divided by, to be broadcast likewise. */
    EdgeValue divisor() {
        return adaptive
                ? kernels.unsqueeze(kernels.maximum(wanted, Numbers.number(1)), List.of(2, 3))
                : Numbers.number(((Length.Fixed) samples).value());
    }

    /** Which of a bin's samples it is, (1, bins · samples). */
    private EdgeValue sample() {
        return kernels.cast(
                kernels.unsqueeze(
                        kernels.binary(
                                BuiltinOperator.FLOOR_MOD,
                                numbers.range(lengths.times(samples, bins)),
                                kernels.length(samples)),
                        List.of(0)),
                TensorType.FLOAT32);
    }

    /** Linear between the two elements around each sample, (regions, bins · samples). */
    List<Sampler.Tap> taps() {
        EdgeValue number = kernels.unsqueeze(
                kernels.binary(
                        BuiltinOperator.FLOOR_DIV,
                        numbers.range(lengths.times(samples, bins)),
                        kernels.length(samples)),
                List.of(0));
        EdgeValue within = kernels.divide(
                kernels.multiply(kernels.add(sample(), 0.5), bin), kernels.maximum(wanted, Numbers.number(1)));
        EdgeValue place = kernels.add(
                kernels.add(begin, kernels.multiply(kernels.cast(number, TensorType.FLOAT32), bin)), within);
        EdgeValue size = numbers.length(length);
        EdgeValue last = kernels.add(size, -1);
        EdgeValue near = kernels.binary(
                BuiltinOperator.LOGICAL_AND,
                kernels.compare(BuiltinOperator.GREATER_EQUAL, place, Numbers.number(-1)),
                kernels.compare(BuiltinOperator.LESS_EQUAL, place, size));
        if (adaptive) {
            near = kernels.binary(
                    BuiltinOperator.LOGICAL_AND, near, kernels.compare(BuiltinOperator.LESS, sample(), wanted));
        }
        EdgeValue counts = kernels.cast(near, TensorType.FLOAT32);
        EdgeValue inside = numbers.clamped(place, last);
        EdgeValue floor = numbers.floor(inside);
        EdgeValue part = kernels.subtract(inside, floor);
        EdgeValue next = kernels.minimum(kernels.add(floor, 1), last);
        return List.of(
                new Sampler.Tap(
                        floor, Optional.of(kernels.multiply(kernels.subtract(Numbers.number(1), part), counts))),
                new Sampler.Tap(next, Optional.of(kernels.multiply(part, counts))));
    }
}
