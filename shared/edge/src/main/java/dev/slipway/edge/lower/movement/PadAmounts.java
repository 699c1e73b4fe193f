package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How much is added to each axis; less than 0 is taken away.
 *
 * @param before an INT32 vector with an amount for every axis
 * @param after likewise
 */
record PadAmounts(EdgeValue before, EdgeValue after) {

    static PadAmounts constant(List<Integer> before, List<Integer> after) {
        return new PadAmounts(EdgeValue.integers("before", before), EdgeValue.integers("after", after));
    }

    boolean isConstant() {
        return before.isConstant() && after.isConstant();
    }

    /** Whether constants say that this axis stays as it is. */
    boolean isNothing(int axis) {
        return isNothing(before, axis) && isNothing(after, axis);
    }

    private static boolean isNothing(EdgeValue amounts, int axis) {
        return amounts.isConstant() && amounts.integers().get(axis) == 0;
    }

    /** What a Pad node says by attributes or inputs. */
    static PadAmounts of(OnnxNode node, LoweringContext context, int rank) {
        Optional<List<Integer>> constant = node.integers("pads")
                .or(() -> node.integers("paddings"))
                .or(() -> context.known(node, 1)
                        .map(OnnxTensor::longs)
                        .map(values -> Arrays.stream(values).boxed().toList()))
                .map(values -> values.stream().map(Math::toIntExact).toList());
        boolean computedAxes =
                node.input(3).isPresent() && context.known(node, 3).isEmpty();
        if (constant.isPresent() && !computedAxes) {
            int count = constant.get().size() / 2;
            List<Integer> axes = axes(node, context, count, rank);
            return constant(
                    spread(constant.get().subList(0, count), axes, rank),
                    spread(constant.get().subList(count, 2 * count), axes, rank));
        }
        return computed(node, context, rank, computedAxes);
    }

    private static PadAmounts computed(OnnxNode node, LoweringContext context, int rank, boolean computedAxes) {
        Kernels kernels = context.kernels(node);
        EdgeValue pads = new Indices(kernels).saturated(context.held(node, 1));
        if (pads.shape().get(0) == -1) {
            throw context.refusal("several-open-lengths", "how many axes it pads is not known");
        }
        int count = pads.shape().get(0) / 2;
        EdgeValue before = kernels.slice(pads, 0, 0, count);
        EdgeValue after = kernels.slice(pads, 0, count, count);
        if (computedAxes) {
            EdgeValue places = new Indices(kernels).fromStart(context.held(node, 3), Length.fixed(rank));
            RuntimeAxes axes = new RuntimeAxes(kernels);
            return new PadAmounts(
                    axes.scattered(places, before, Length.fixed(rank)),
                    axes.scattered(places, after, Length.fixed(rank)));
        }
        List<Integer> axes = axes(node, context, count, rank);
        return new PadAmounts(spread(kernels, before, axes, rank), spread(kernels, after, axes, rank));
    }

    /** The axes named by a constant, else the first ones. */
    static List<Integer> axes(OnnxNode node, LoweringContext context, int count, int rank) {
        return context.known(node, 3)
                .map(OnnxTensor::longs)
                .map(values -> Arrays.stream(values)
                        .mapToObj(axis -> context.axis(axis, rank))
                        .toList())
                .orElseGet(() -> IntStream.range(0, count).boxed().toList());
    }

    private static List<Integer> spread(List<Integer> amounts, List<Integer> axes, int rank) {
        List<Integer> spread = new ArrayList<>(Collections.nCopies(rank, 0));
        for (int i = 0; i < axes.size(); i++) {
            spread.set(axes.get(i), amounts.get(i));
        }
        return spread;
    }

    /** A vector with a number for each of these axes as one for every axis, 0 for the others. */
    static EdgeValue spread(Kernels kernels, EdgeValue amounts, List<Integer> axes, int rank) {
        List<Integer> places = IntStream.range(0, rank)
                .mapToObj(axis -> axes.contains(axis) ? axes.indexOf(axis) : axes.size())
                .toList();
        if (places.equals(axes)) {
            return amounts;
        }
        EdgeValue extended = kernels.concatenate(List.of(amounts, EdgeValue.integers("none", List.of(0))), 0);
        return kernels.gather(extended, EdgeValue.integers("places", places), 0);
    }
}
