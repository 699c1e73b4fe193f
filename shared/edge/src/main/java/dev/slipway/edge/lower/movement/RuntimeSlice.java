package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Slice whose bounds, or even axes, are computed when the model runs. */
final class RuntimeSlice {
    private final OnnxNode node;
    private final LoweringContext context;
    private final Kernels kernels;

    RuntimeSlice(OnnxNode node, LoweringContext context) {
        this.node = node;
        this.context = context;
        this.kernels = context.kernels(node);
    }

    EdgeValue of(EdgeValue value) {
        if (value.rank() > AxisGroups.HIGHEST_SLICED) {
            throw context.refusal(
                    "rank",
                    "it slices " + value.rank() + " axes at bounds that are computed, which TFLite does for up to "
                            + AxisGroups.HIGHEST_SLICED);
        }
        boolean computedAxes =
                node.input(3).isPresent() && context.known(node, 3).isEmpty();
        int count = context.facts(node, 1).shape().get(0);
        if (count == -1) {
            throw context.refusal("several-open-lengths", "how many axes it slices is not known");
        }
        Length rank = Length.fixed(value.rank());
        EdgeValue begins = bound(1);
        EdgeValue ends = bound(2);
        EdgeValue steps =
                node.input(4).isPresent() ? bound(4) : EdgeValue.integers("steps", Collections.nCopies(count, 1));
        boolean forwards = steps.isConstant() && steps.integers().stream().allMatch(step -> step > 0);
        if (computedAxes) {
            EdgeValue places = new Indices(kernels).fromStart(context.held(node, 3), rank);
            EdgeValue named = new RuntimeAxes(kernels).marked(context.held(node, 3), rank);
            begins = new RuntimeAxes(kernels).scattered(places, begins, rank);
            ends = elsewhere(named, new RuntimeAxes(kernels).scattered(places, ends, rank), Integer.MAX_VALUE);
            steps = elsewhere(named, new RuntimeAxes(kernels).scattered(places, steps, rank), 1);
        } else {
            List<Integer> axes = SliceBounds.axes(node, context, count, value.rank());
            begins = spread(begins, axes, value.rank(), 0);
            ends = spread(ends, axes, value.rank(), Integer.MAX_VALUE);
            steps = spread(steps, axes, value.rank(), 1);
        }
        StridedSlice slice = new StridedSlice(kernels);
        return slice.of(value, forwards ? begins : slice.raised(begins, value), ends, steps, context.outputShape(node));
    }

    private EdgeValue bound(int input) {
        return new Indices(kernels).saturated(context.held(node, input));
    }

    private EdgeValue elsewhere(EdgeValue named, EdgeValue bounds, int number) {
        return kernels.select(named, bounds, EdgeValue.scalar(TensorType.INT32, number));
    }

    /** For every axis its bound, or the number if it is not among those named. */
    private EdgeValue spread(EdgeValue bounds, List<Integer> axes, int rank, int number) {
        List<Integer> places = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            places.add(axes.contains(axis) ? axes.indexOf(axis) : axes.size());
        }
        if (bounds.isConstant()) {
            List<Integer> given = new ArrayList<>(bounds.integers());
            given.add(number);
            return EdgeValue.integers(
                    bounds.name(), places.stream().map(given::get).toList());
        } else if (axes.size() == rank && places.equals(axes)) {
            return bounds;
        }
        EdgeValue extended = kernels.concatenate(List.of(bounds, EdgeValue.integers("elsewhere", List.of(number))), 0);
        return kernels.gather(extended, EdgeValue.integers("places", places), 0);
    }
}
