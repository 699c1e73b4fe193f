package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Products of matrices in the last two axes of values, the axes before them being broadcast batches. */
final class MatrixProduct {
    // What BATCH_MATMUL takes.
    private static final int MOST_AXES = 5;

    private final Kernels kernels;

    MatrixProduct(Kernels kernels) {
        this.kernels = kernels;
    }

    /** The best operators for these operands, each of rank 2 at least. */
    EdgeValue of(EdgeValue left, EdgeValue right, boolean transposeLeft, boolean transposeRight) {
        if (left.type() != TensorType.FLOAT32) {
            return ofIntegers(swapped(left, transposeLeft), swapped(right, transposeRight));
        } else if (isConstantMatrix(right, left.rank())) {
            EdgeValue matrix = right.reshaped(right.shape().subList(right.rank() - 2, right.rank()));
            EdgeValue weights = transposeRight ? matrix : matrix.transposed(Permutation.of(1, 0));
            int units = weights.shape().get(0);
            EdgeValue zeros = EdgeValue.floats("bias", List.of(units), new float[units]);
            return fullyConnected(swapped(left, transposeLeft), weights, zeros);
        } else if (Math.max(left.rank(), right.rank()) <= MOST_AXES) {
            return kernels.multiplyMatrices(left, right, transposeLeft, transposeRight);
        }
        return collapsed(
                swapped(left, transposeLeft),
                swapped(right, transposeRight),
                (a, b) -> kernels.multiplyMatrices(a, b, false, false));
    }

    /** Rows times constant {@code weights} of shape (units, inputs), plus a bias of shape (units). */
    EdgeValue fullyConnected(EdgeValue rows, EdgeValue weights, EdgeValue bias) {
        return kernels.add(
                BuiltinOperator.FULLY_CONNECTED,
                new OperatorOptions.FullyConnected(rows.rank() > 2, Activation.NONE),
                List.of(rows, weights, bias),
                TensorType.FLOAT32,
                Shapes.with(rows.shape(), rows.rank() - 1, weights.shape().get(0)));
    }

    /** With the last two axes swapped. */
    EdgeValue swapped(EdgeValue value, boolean swap) {
        if (!swap) {
            return value;
        }
        List<Integer> axes = new ArrayList<>(Permutation.identity(value.rank()).axes());
        java.util.Collections.swap(axes, value.rank() - 2, value.rank() - 1);
        return kernels.transpose(value, new Permutation(axes));
    }

    private static boolean isConstantMatrix(EdgeValue right, int leftRank) {
        return right.isConstant()
                && right.rank() <= Math.max(leftRank, 2)
                && right.shape().subList(0, right.rank() - 2).stream().allMatch(length -> length == 1);
    }

    /** TFLite multiplies matrices of floats only, so products are made one by one and summed. */
    private EdgeValue ofIntegers(EdgeValue left, EdgeValue right) {
        return collapsed(left, right, (a, b) -> {
            EdgeValue columns = kernels.unsqueeze(a, List.of(a.rank()));
            EdgeValue rows = kernels.unsqueeze(b, List.of(b.rank() - 2));
            EdgeValue products = kernels.multiply(columns, rows);
            return kernels.reduce(BuiltinOperator.SUM, products, List.of(products.rank() - 2), false);
        });
    }

    @FunctionalInterface
    private interface Product {
        EdgeValue of(EdgeValue left, EdgeValue right);
    }

    /** Takes all batch axes together, which must be broadcast first where they differ. */
    private EdgeValue collapsed(EdgeValue left, EdgeValue right, Product product) {
        int rank = Math.max(left.rank(), right.rank());
        if (rank <= 3) {
            return product.of(left, right);
        }
        EdgeValue a = Grouping.extended(kernels, left, rank);
        EdgeValue b = Grouping.extended(kernels, right, rank);
        List<Length> batches = IntStream.range(0, rank - 2)
                .mapToObj(axis -> longer(a, b, axis))
                .toList();
        EdgeValue result = product.of(batched(a, batches), batched(b, batches));
        List<Length> lengths = new ArrayList<>(batches);
        lengths.add(Length.of(result, 1));
        lengths.add(Length.of(result, 2));
        return kernels.reshape(result, lengths);
    }

    private EdgeValue batched(EdgeValue value, List<Length> batches) {
        int rank = value.rank();
        EdgeValue whole = value;
        List<Integer> known = Kernels.known(batches);
        if (!value.shape().subList(0, rank - 2).equals(known)) {
            List<Length> lengths = new ArrayList<>(batches);
            lengths.addAll(Grouping.lengths(value, rank - 2, rank));
            whole = kernels.broadcastTo(value, kernels.lengths(lengths), Kernels.known(lengths));
        }
        return Grouping.grouped(kernels, whole, 0, rank - 2, rank - 1, rank);
    }

    private static Length longer(EdgeValue left, EdgeValue right, int axis) {
        int other = right.shape().get(axis);
        return left.shape().get(axis) == 1 || other > 1 ? Length.of(right, axis) : Length.of(left, axis);
    }
}
