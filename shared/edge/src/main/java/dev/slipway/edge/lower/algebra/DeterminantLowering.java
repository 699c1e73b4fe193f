package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The determinants of small matrices, by expansion along their rows. */
final class DeterminantLowering implements Lowering {
    private static final int LARGEST = 5;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        int rank = input.rank();
        int size = input.shape().get(rank - 1);
        if (size < 1 || size > LARGEST) {
            throw context.refusal("size", "its matrices are not of a known size from 1 to " + LARGEST);
        }
        EdgeValue determinants = determinants(kernels, elements(kernels, input, size));
        context.define(node, kernels.reshape(determinants, Grouping.lengths(input, 0, rank - 2)));
    }

    /** The matrices' elements by row and column, each as a column of its own. */
    static EdgeValue[][] elements(Kernels kernels, EdgeValue matrices, int size) {
        int rank = matrices.rank();
        EdgeValue rows = Grouping.grouped(kernels, matrices, 0, rank - 2, rank);
        EdgeValue[][] elements = new EdgeValue[size][size];
        for (int i = 0; i < size * size; i++) {
            elements[i / size][i % size] = kernels.slice(rows, 1, i, 1);
        }
        return elements;
    }

    /** The determinants of matrices of these elements. */
    static EdgeValue determinants(Kernels kernels, EdgeValue[][] elements) {
        BitSet columns = new BitSet();
        columns.set(0, elements.length);
        return expanded(kernels, elements, columns, new HashMap<>());
    }

    /** The determinant of the last rows in these columns, which are as many. */
    private static EdgeValue expanded(
            Kernels kernels, EdgeValue[][] elements, BitSet columns, Map<BitSet, EdgeValue> known) {
        if (known.containsKey(columns)) {
            return known.get(columns);
        }
        int row = elements.length - columns.cardinality();
        List<Integer> places = columns.stream().boxed().toList();
        EdgeValue sum = elements[row][places.get(0)];
        if (places.size() > 1) {
            List<EdgeValue> terms = IntStream.range(0, places.size())
                    .mapToObj(i -> {
                        BitSet others = (BitSet) columns.clone();
                        others.clear(places.get(i));
                        return kernels.multiply(
                                elements[row][places.get(i)], expanded(kernels, elements, others, known));
                    })
                    .toList();
            sum = terms.get(0);
            for (int i = 1; i < terms.size(); i++) {
                sum = i % 2 == 0 ? kernels.add(sum, terms.get(i)) : kernels.subtract(sum, terms.get(i));
            }
        }
        known.put(columns, sum);
        return sum;
    }
}
