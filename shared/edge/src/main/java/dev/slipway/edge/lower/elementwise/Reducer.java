package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.Collections;
import java.util.List;

/** TFLite's reductions over the axes of one node. */
record Reducer(ReductionAxes axes, boolean keepsAxes, int resultRank) {

    Term reduce(BuiltinOperator operator, Term input) {
        return reduce(operator, input, keepsAxes);
    }

    /** With the reduced axes kept as ones, so that the result broadcasts against the input. */
    Term reduceKeeping(BuiltinOperator operator, Term input) {
        return reduce(operator, input, true);
    }

    private Term reduce(BuiltinOperator operator, Term input, boolean keeps) {
        Kernels kernels = input.kernels();
        if (axes instanceof ReductionAxes.Known known) {
            return input.with(kernels.reduce(operator, input.value(), known.axes(), keeps));
        }
        EdgeValue vector = ((ReductionAxes.Computed) axes).axes();
        int rank = keeps ? input.value().rank() : resultRank;
        return input.with(kernels.add(
                operator,
                new OperatorOptions.Reduction(keeps),
                List.of(input.value(), vector),
                input.value().type(),
                Collections.nCopies(rank, -1)));
    }
}
