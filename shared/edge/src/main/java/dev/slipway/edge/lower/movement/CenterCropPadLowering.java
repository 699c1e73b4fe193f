package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** CenterCropPad: padding by half the difference on either side, which is negative where it crops. */
final class CenterCropPadLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = Moved.wide(node, 0, context);
        int rank = value.rank();
        List<Integer> axes = node.integers("axes")
                .map(given ->
                        given.stream().map(axis -> context.axis(axis, rank)).toList())
                .orElseGet(() -> IntStream.range(0, rank).boxed().toList());
        Optional<OnnxTensor> wanted = context.known(node, 1);
        PadAmounts amounts = wanted.isPresent() && Shapes.isFixed(value.shape())
                ? constant(value.shape(), axes, wanted.get().longs())
                : computed(kernels, value, axes, context.held(node, 1));
        EdgeValue zero = EdgeValue.scalar(value.type(), 0);
        Moved.define(
                node, context, new Padding(kernels, context).padded(value, amounts, zero, context.outputShape(node)));
    }

    private static PadAmounts constant(List<Integer> shape, List<Integer> axes, long[] wanted) {
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        for (int axis = 0; axis < shape.size(); axis++) {
            int place = axes.indexOf(axis);
            int difference = place == -1 ? 0 : Math.toIntExact(wanted[place]) - shape.get(axis);
            before.add(difference / 2);
            after.add(difference - difference / 2);
        }
        return PadAmounts.constant(before, after);
    }

    private static PadAmounts computed(Kernels kernels, EdgeValue value, List<Integer> axes, EdgeValue wanted) {
        EdgeValue own = kernels.gather(kernels.shape(value), EdgeValue.integers("axes", axes), 0);
        EdgeValue difference = kernels.subtract(kernels.cast(wanted, TensorType.INT32), own);
        // Division of integers rounds towards zero here too.
        EdgeValue before = kernels.divide(difference, EdgeValue.scalar(TensorType.INT32, 2));
        EdgeValue after = kernels.subtract(difference, before);
        return new PadAmounts(
                PadAmounts.spread(kernels, before, axes, value.rank()),
                PadAmounts.spread(kernels, after, axes, value.rank()));
    }
}
