package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.Arrays;
import java.util.List;

/** The operators that reduce axes. */
record ReductionLowering(Reduction reduction) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue input = reduction.onlyOrders() ? Unsigned.ordered(node, context, 0) : context.input(node, 0);
        List<Integer> result = context.outputShape(node);
        boolean keeps = node.integer("keepdims").orElse(1L) != 0;
        Reducer reducer = new Reducer(ReductionAxes.of(node, context, input.rank()), keeps, result.size());
        Term term = new Term(context.kernels(node), input);
        if (input.shape().contains(0)) {
            context.define(node, ofNothing(term, reducer, result, context).value());
            return;
        }
        Term reduced = reduction.apply(term, reducer);
        context.define(
                node,
                reduction.onlyOrders()
                        ? Unsigned.bits(node, context, reduced.value())
                        : context.wrapped(node, reduced.value()));
    }

    /** What no elements give is known, and a kernel might not even write it. */
    private Term ofNothing(Term input, Reducer reducer, List<Integer> result, LoweringContext context) {
        if (input.value().type() != TensorType.FLOAT32) {
            throw context.refusal("empty", "it reduces no elements of an integer type");
        }
        if (reducer.axes() instanceof ReductionAxes.Known && Shapes.isFixed(result)) {
            float[] values = new float[Shapes.size(result)];
            Arrays.fill(values, (float) reduction.ofNothing());
            return input.with(EdgeValue.floats("empty", result, values));
        }
        return reducer.reduce(BuiltinOperator.SUM, input).plus(reduction.ofNothing());
    }
}
