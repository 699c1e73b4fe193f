package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** DFT as a product by the transform's matrix. */
final class DftLowering implements Lowering {
    private static final int AXIS_IS_AN_INPUT = 20;
    private static final int AXIS = 2;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = context.input(node, 0);
        boolean chooses = context.opset() >= AXIS_IS_AN_INPUT
                && node.input(AXIS).isPresent()
                && context.known(node, AXIS).isEmpty();
        EdgeValue result = chooses
                ? chosen(node, context, input)
                : along(node, context, input, context.axis(axis(node, context), input.rank()));
        context.define(node, result);
    }

    /** All axes are transformed and the wanted one chosen, where the result's shape is the same for all. */
    private static EdgeValue chosen(OnnxNode node, LoweringContext context, EdgeValue input) {
        Kernels kernels = context.kernels(node);
        if (node.input(1).isPresent() || node.integer("onesided").orElse(0L) != 0) {
            throw context.refusal("not-constant", "its axis is not constant, and its result's shape depends on it");
        }
        EdgeValue axis = kernels.reshape(context.input(node, AXIS), List.<Length>of());
        EdgeValue result = along(node, context, input, 0);
        for (int other = 1; other < input.rank() - 1; other++) {
            EdgeValue wanted = kernels.binary(
                    BuiltinOperator.LOGICAL_OR,
                    kernels.compare(BuiltinOperator.EQUAL, axis, EdgeValue.scalar(axis.type(), other)),
                    kernels.compare(BuiltinOperator.EQUAL, axis, EdgeValue.scalar(axis.type(), other - input.rank())));
            result = kernels.select(wanted, along(node, context, input, other), result);
        }
        return result;
    }

    private static EdgeValue along(OnnxNode node, LoweringContext context, EdgeValue input, int axis) {
        Kernels kernels = context.kernels(node);
        int rank = input.rank();
        if (axis == rank - 1) {
            throw context.refusal("axis", "it transforms the axis of real and imaginary parts");
        }
        Permutation toEnd = toEnd(axis, rank);
        EdgeValue moved = kernels.transpose(input, toEnd);
        int parts = input.shape().get(rank - 1);
        if (parts != 1 && parts != 2) {
            throw context.refusal("open-length", "it is not known whether its input is real or complex");
        }
        boolean inverse = node.integer("inverse").orElse(0L) != 0;
        boolean oneSided = node.integer("onesided").orElse(0L) != 0;
        int outputParts = context.outputShape(node).get(rank - 1);
        EdgeValue result;
        Optional<Integer> length = length(node, context, input.shape().get(axis), outputParts == 1, axis);
        if (length.isPresent()) {
            EdgeValue signal = input.shape().get(axis) == -1 ? fitted(kernels, moved, length.get()) : moved;
            int samples = signal.shape().get(rank - 2);
            int bins = oneSided ? Fourier.uniqueBins(length.get()) : length.get();
            EdgeValue weights = outputParts == 1
                    ? Fourier.realInverse(length.get(), samples)
                    : new Fourier(length.get(), bins, inverse).weights(samples, parts);
            result = transformed(
                    kernels, signal, weights, Length.fixed(outputParts == 1 ? length.get() : bins), outputParts);
        } else if (outputParts == 2 && node.input(1).isEmpty()) {
            EdgeValue weights =
                    new ComputedFourier(kernels, inverse).weights(Length.of(moved, rank - 2), oneSided, parts);
            result = transformed(kernels, moved, weights, Grouping.rest(), 2);
        } else {
            throw context.refusal("not-constant", "its length is neither constant nor that of the signal");
        }
        return kernels.transpose(result, toEnd.inverse());
    }

    private static long axis(OnnxNode node, LoweringContext context) {
        if (context.opset() < AXIS_IS_AN_INPUT) {
            return node.integer("axis").orElse(1L);
        }
        return context.constant(node, AXIS).map(tensor -> tensor.longs()[0]).orElse(-2L);
    }

    /** How many samples are transformed, if it is known. */
    private static Optional<Integer> length(
            OnnxNode node, LoweringContext context, int samples, boolean realInverse, int axis) {
        if (node.input(1).isPresent()) {
            return context.known(node, 1).map(tensor -> Math.toIntExact(tensor.longs()[0]));
        }
        int length = realInverse ? context.outputShape(node).get(axis) : samples;
        return length == -1 ? Optional.empty() : Optional.of(length);
    }

    /** Rows of samples with their parts, times the matrix, as (…, bins, parts). */
    private static EdgeValue transformed(Kernels kernels, EdgeValue signal, EdgeValue weights, Length bins, int parts) {
        int rank = signal.rank();
        EdgeValue rows = Grouping.grouped(kernels, signal, 0, rank - 2, rank);
        EdgeValue product = new MatrixProduct(kernels).of(rows, weights, false, true);
        List<Length> lengths = new ArrayList<>(Grouping.lengths(signal, 0, rank - 2));
        lengths.add(bins);
        lengths.add(Length.fixed(parts));
        return kernels.reshape(product, lengths);
    }

    /** A signal of open length, cut or filled up with zeros. */
    private static EdgeValue fitted(Kernels kernels, EdgeValue signal, int length) {
        int axis = signal.rank() - 2;
        List<Integer> none = Collections.nCopies(signal.rank(), 0);
        List<Integer> after = new ArrayList<>(none);
        after.set(axis, length);
        return kernels.slice(kernels.pad(signal, none, after, 0), axis, 0, length);
    }

    /** The order that brings the axis before the last one. */
    private static Permutation toEnd(int axis, int rank) {
        List<Integer> axes = new ArrayList<>(Permutation.identity(rank).axes());
        axes.remove((Integer) axis);
        axes.add(rank - 2, axis);
        return new Permutation(axes);
    }
}
