package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;

/** ArgMax and ArgMin; of INT64, which the kernels lack, the place where the extremum is. */
record ArgExtremumLowering(BuiltinOperator place, BuiltinOperator extremum) implements Lowering {
    static final ArgExtremumLowering MAXIMUM =
            new ArgExtremumLowering(BuiltinOperator.ARG_MAX, BuiltinOperator.REDUCE_MAX);
    static final ArgExtremumLowering MINIMUM =
            new ArgExtremumLowering(BuiltinOperator.ARG_MIN, BuiltinOperator.REDUCE_MIN);

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue given = Unsigned.ordered(node, context, 0);
        EdgeValue input = given.rank() == 0 ? kernels.reshape(given, List.of(Length.fixed(1))) : given;
        int axis = context.axis(node.integer("axis").orElse(0L), given.rank());
        boolean last = node.integer("select_last_index").orElse(0L) != 0;
        EdgeValue found = input;
        BuiltinOperator operator = place;
        if (input.type() == TensorType.INT64) {
            EdgeValue best = kernels.reduce(extremum, input, List.of(axis), true);
            found = kernels.cast(kernels.compare(BuiltinOperator.EQUAL, input, best), TensorType.INT32);
            operator = BuiltinOperator.ARG_MAX;
        }
        EdgeValue axisValue = EdgeValue.integers("axis", List.of(axis));
        if (last) {
            found = kernels.add(
                    BuiltinOperator.REVERSE_V2,
                    new OperatorOptions.None(),
                    List.of(found, axisValue),
                    found.type(),
                    found.shape());
        }
        List<Integer> shape = new ArrayList<>(input.shape());
        shape.remove(axis);
        EdgeValue index = kernels.add(
                operator,
                new OperatorOptions.ArgExtremum(TensorType.INT64),
                List.of(found, axisValue),
                TensorType.INT64,
                shape);
        if (last) {
            EdgeValue length = kernels.cast(kernels.length(Length.of(input, axis)), TensorType.INT64);
            index = kernels.subtract(kernels.add(length, -1), index);
        }
        boolean keeps = node.integer("keepdims").orElse(1L) != 0 && given.rank() > 0;
        context.define(node, keeps ? kernels.unsqueeze(index, List.of(axis)) : index);
    }
}
