package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import java.util.ArrayList;
import java.util.List;

/** The inverses of small matrices: their cofactors, transposed, divided by their determinants. */
final class InverseLowering implements Lowering {
    private static final int LARGEST = 4;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        int size = input.shape().get(input.rank() - 1);
        if (size < 2 || size > LARGEST) {
            throw context.refusal("size", "its matrices are not of a known size from 2 to " + LARGEST);
        }
        EdgeValue[][] elements = DeterminantLowering.elements(kernels, input, size);
        List<EdgeValue> cofactors = new ArrayList<>();
        for (int i = 0; i < size * size; i++) {
            int column = i / size;
            int row = i % size;
            EdgeValue minor = DeterminantLowering.determinants(kernels, without(elements, row, column));
            cofactors.add((row + column) % 2 == 0 ? minor : kernels.unary(BuiltinOperator.NEG, minor));
        }
        EdgeValue determinants = DeterminantLowering.determinants(kernels, elements);
        EdgeValue inverse = kernels.divide(kernels.concatenate(cofactors, 1), determinants);
        context.define(node, kernels.reshape(inverse, Grouping.lengths(input, 0, input.rank())));
    }

    private static EdgeValue[][] without(EdgeValue[][] elements, int row, int column) {
        int size = elements.length - 1;
        EdgeValue[][] rest = new EdgeValue[size][size];
        for (int i = 0; i < size * size; i++) {
            int r = i / size;
            int c = i % size;
            rest[r][c] = elements[r < row ? r : r + 1][c < column ? c : c + 1];
        }
        return rest;
    }
}
