package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;

/** Hardmax: ONE_HOT of ARG_MAX; in old operator sets over all axes from one on, as one. */
final class HardmaxLowering implements Lowering {
    private static final int SINGLE_AXIS = 13;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        boolean single = context.opset() >= SINGLE_AXIS;
        int axis = context.axis(node.integer("axis").orElse(single ? -1L : 1L), input.rank());
        boolean flattens = !single && axis < input.rank() - 1;
        EdgeValue value = flattens ? flattened(kernels, input, axis) : input;
        EdgeValue result = oneHot(kernels, value, axis);
        context.define(node, flattens ? kernels.reshapeTo(result, kernels.shape(input), input.shape()) : result);
    }

    private static EdgeValue flattened(Kernels kernels, EdgeValue input, int axis) {
        List<Length> lengths = new ArrayList<>();
        for (int i = 0; i < axis; i++) {
            lengths.add(Length.of(input, i));
        }
        int rest = Shapes.size(input.shape().subList(axis, input.rank()));
        lengths.add(rest != -1 ? Length.fixed(rest) : new Length.Computed(product(kernels, input, axis)));
        return kernels.reshape(input, lengths);
    }

    /** The product of the lengths from this axis on. */
    private static EdgeValue product(Kernels kernels, EdgeValue input, int axis) {
        EdgeValue lengths = kernels.slice(kernels.shape(input), 0, axis, -1);
        return kernels.reduce(BuiltinOperator.REDUCE_PROD, lengths, List.of(0), false);
    }

    private static EdgeValue oneHot(Kernels kernels, EdgeValue value, int axis) {
        List<Integer> reduced = new ArrayList<>(value.shape());
        reduced.remove(axis);
        EdgeValue place = kernels.add(
                BuiltinOperator.ARG_MAX,
                new OperatorOptions.ArgExtremum(TensorType.INT32),
                List.of(value, EdgeValue.scalar(TensorType.INT32, axis)),
                TensorType.INT32,
                reduced);
        return kernels.add(
                BuiltinOperator.ONE_HOT,
                new OperatorOptions.OneHot(axis),
                List.of(
                        place,
                        kernels.length(Length.of(value, axis)),
                        EdgeValue.scalar(value.type(), 1),
                        EdgeValue.scalar(value.type(), 0)),
                value.type(),
                value.shape());
    }
}
