package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Multiplies two terms and sums over the labels that nothing needs any more: a product of matrices with batches. */
final class EinsumContraction {
    // Products without a sum are made by MUL up to what it broadcasts in every version.
    private static final int MOST_FACTOR_AXES = 4;
    private static final int MOST_BATCH_AXES = 2;

    private final Kernels kernels;
    private final EinsumTerm left;
    private final EinsumTerm right;
    private final List<Integer> batch;
    private final List<Integer> summed;
    private final List<Integer> rows;
    private final List<Integer> columns;

    private EinsumContraction(Kernels kernels, EinsumTerm left, EinsumTerm right, Collection<Integer> needed) {
        this.kernels = kernels;
        this.left = left;
        this.right = right;
        List<Integer> shared =
                left.labels().stream().filter(right.labels()::contains).toList();
        this.batch = shared.stream().filter(needed::contains).toList();
        this.summed = shared.stream().filter(label -> !needed.contains(label)).toList();
        this.rows =
                left.labels().stream().filter(label -> !shared.contains(label)).toList();
        this.columns =
                right.labels().stream().filter(label -> !shared.contains(label)).toList();
    }

    /** The product, with the labels that are needed. */
    static EinsumTerm of(Kernels kernels, EinsumTerm first, EinsumTerm second, Collection<Integer> needed) {
        EinsumTerm left = first.without(kernels, stretched(first, second));
        EinsumTerm right = second.without(kernels, stretched(second, first));
        List<Integer> keptLeft = new ArrayList<>(needed);
        keptLeft.addAll(right.labels());
        List<Integer> keptRight = new ArrayList<>(needed);
        keptRight.addAll(left.labels());
        EinsumContraction contraction = new EinsumContraction(
                kernels, left.summedTo(kernels, keptLeft), right.summedTo(kernels, keptRight), needed);
        return contraction.result();
    }

    /** The labels whose axis has length 1 here and another there, as which it then counts. */
    private static List<Integer> stretched(EinsumTerm term, EinsumTerm other) {
        return term.labels().stream()
                .filter(other.labels()::contains)
                .filter(label -> term.known(label) == 1 && other.known(label) != 1)
                .toList();
    }

    private EinsumTerm result() {
        List<Integer> labels = joined(batch, rows, columns);
        if (summed.isEmpty() && labels.size() <= MOST_FACTOR_AXES) {
            return new EinsumTerm(factors(), labels);
        }
        EdgeValue product = matrices();
        List<Length> lengths = new ArrayList<>();
        batch.forEach(label -> lengths.add(left.known(label) == -1 ? right.length(label) : left.length(label)));
        rows.forEach(label -> lengths.add(left.length(label)));
        columns.forEach(label -> lengths.add(right.length(label)));
        boolean already = product.rank() == lengths.size();
        return new EinsumTerm(already ? product : kernels.reshape(product, lengths), labels);
    }

    private EdgeValue factors() {
        EdgeValue a = left.ordered(kernels, joined(batch, rows)).value();
        EdgeValue b = right.ordered(kernels, joined(batch, columns)).value();
        int end = batch.size() + rows.size();
        EdgeValue spread = kernels.unsqueeze(
                a, IntStream.range(end, end + columns.size()).boxed().toList());
        return kernels.multiply(
                spread,
                kernels.unsqueeze(b, IntStream.range(batch.size(), end).boxed().toList()));
    }

    private EdgeValue matrices() {
        boolean transposeLeft = !rows.isEmpty() && left.labels().equals(joined(batch, summed, rows));
        boolean transposeRight = !columns.isEmpty() && right.labels().equals(joined(batch, columns, summed));
        boolean plainRows = right.value().isConstant() && batch.isEmpty() && !transposeLeft && !rows.isEmpty();
        EdgeValue a = transposeLeft ? matrix(left, summed, rows, false) : matrix(left, rows, summed, plainRows);
        EdgeValue b = transposeRight ? matrix(right, columns, summed, false) : matrix(right, summed, columns, false);
        return new MatrixProduct(kernels).of(a, b, transposeLeft, transposeRight);
    }

    /** Batches, then the two groups of axes, each as one axis unless the first may be kept apart. */
    private EdgeValue matrix(EinsumTerm term, List<Integer> first, List<Integer> second, boolean apart) {
        EdgeValue value = term.ordered(kernels, joined(batch, first, second)).value();
        int front = batch.size();
        int middle = front + first.size();
        List<Length> lengths = new ArrayList<>();
        if (front <= MOST_BATCH_AXES) {
            lengths.addAll(Grouping.lengths(value, 0, front));
        } else {
            lengths.add(Grouping.product(kernels, value, 0, front));
        }
        if (apart) {
            lengths.addAll(Grouping.lengths(value, front, middle));
        } else {
            lengths.add(Grouping.product(kernels, value, front, middle));
        }
        lengths.add(Grouping.product(kernels, value, middle, value.rank()));
        return kernels.reshape(value, lengths);
    }

    @SafeVarargs
    private static List<Integer> joined(List<Integer>... parts) {
        List<Integer> all = new ArrayList<>();
        for (List<Integer> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
