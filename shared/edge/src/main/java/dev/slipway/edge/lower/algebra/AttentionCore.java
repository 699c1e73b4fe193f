package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * The products of scaled dot product attention, of queries (batch, heads, positions, size) and keys and values with as
 * many heads or fewer, which then serve several neighbouring heads of the queries each.
 */
record AttentionCore(Kernels kernels) {

    /** How much each query position looks at each key position: (batch, heads, positions, key positions). */
    EdgeValue scores(EdgeValue query, EdgeValue key, double scale) {
        EdgeValue scaled = kernels.multiply(query, scale);
        if (isOneToOne(query, key)) {
            return kernels.multiplyMatrices(scaled, key, false, true);
        }
        EdgeValue product = kernels.multiplyMatrices(shared(scaled, key), key, false, true);
        return apart(product, query);
    }

    /** The sum of the values with these weights: (batch, heads, positions, value size). */
    EdgeValue weighted(EdgeValue weights, EdgeValue value) {
        if (isOneToOne(weights, value)) {
            return kernels.multiplyMatrices(weights, value, false, false);
        }
        EdgeValue product = kernels.multiplyMatrices(shared(weights, value), value, false, false);
        return apart(product, weights);
    }

    /**
     * What is added to scores so that no position looks at later ones: (positions, key positions).
     *
     * @param past how many key positions come before that of the first query
     */
    EdgeValue causal(Length positions, Length keyPositions, Length past, double hidden) {
        if (positions instanceof Length.Fixed rows
                && keyPositions instanceof Length.Fixed columns
                && past instanceof Length.Fixed before) {
            float[] bias = new float[rows.value() * columns.value()];
            for (int i = 0; i < bias.length; i++) {
                boolean later = i % columns.value() > i / columns.value() + before.value();
                bias[i] = later ? (float) hidden : 0;
            }
            return EdgeValue.floats("causal", List.of(rows.value(), columns.value()), bias);
        }
        EdgeValue own = kernels.unsqueeze(Counting.upTo(kernels, positions), List.of(1));
        EdgeValue shifted = past.equals(Length.fixed(0)) ? own : kernels.add(own, kernels.length(past));
        EdgeValue other = kernels.unsqueeze(Counting.upTo(kernels, keyPositions), List.of(0));
        return bias(kernels.compare(BuiltinOperator.LESS_EQUAL, other, shifted), hidden);
    }

    /** 0 where the mask holds, otherwise what hides a position. */
    EdgeValue bias(EdgeValue mask, double hidden) {
        return kernels.select(
                mask, EdgeValue.scalar(TensorType.FLOAT32, 0), EdgeValue.scalar(TensorType.FLOAT32, hidden));
    }

    /** 0 at the first positions of each sample, as many as {@code counts} (batch) says: (batch, 1, 1, key positions). */
    EdgeValue filled(EdgeValue counts, Length keyPositions, double hidden) {
        EdgeValue places =
                kernels.unsqueeze(kernels.cast(Counting.upTo(kernels, keyPositions), counts.type()), List.of(0));
        EdgeValue inside = kernels.compare(BuiltinOperator.LESS, places, kernels.unsqueeze(counts, List.of(1)));
        return kernels.unsqueeze(bias(inside, hidden), List.of(1, 2));
    }

    private static boolean isOneToOne(EdgeValue query, EdgeValue key) {
        return query.shape().get(1).equals(key.shape().get(1));
    }

    /** The heads of the queries that share one of the keys stand below each other. */
    private EdgeValue shared(EdgeValue query, EdgeValue key) {
        int positions = query.shape().get(2);
        int group = query.shape().get(1) / key.shape().get(1);
        Length rows = positions == -1 ? Grouping.rest() : Length.fixed(group * positions);
        return kernels.reshape(query, List.of(Length.of(query, 0), Length.of(key, 1), rows, Length.of(query, 3)));
    }

    private EdgeValue apart(EdgeValue product, EdgeValue query) {
        List<Length> lengths = new ArrayList<>(Grouping.lengths(query, 0, 3));
        lengths.add(Length.of(product, 3));
        return kernels.reshape(product, lengths);
    }
}
