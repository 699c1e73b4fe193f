package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** TfIdfVectorizer of integers: every place is compared with every n-gram of the pool, and the matches counted. */
final class TfIdfVectorizerLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue given = context.input(node, 0);
        EdgeValue words =
                given.rank() == 2 ? given : kernels.reshape(given, List.of(Length.fixed(1), Length.fixed(-1)));
        int length = words.shape().get(1);
        if (length == -1) {
            throw context.refusal("several-open-lengths", "the number of its words is not known");
        }
        List<Long> columns = attribute(node, context, "ngram_indexes");
        int size = Math.toIntExact(Collections.max(columns)) + 1;
        List<EdgeValue> counts = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        int first = 0;
        for (NgramPool pool : NgramPool.all(node, context)) {
            Optional<EdgeValue> matches = new NgramMatches(kernels, words, length)
                    .count(pool, Math.toIntExact(node.integer("max_skip_count").orElse(0L)));
            if (matches.isPresent()) {
                counts.add(matches.get());
                for (int i = 0; i < pool.count(); i++) {
                    places.add(Math.toIntExact(columns.get(first + i)));
                }
            }
            first += pool.count();
        }
        EdgeValue vector = weighted(node, context, spread(kernels, words, counts, places, size), size);
        context.define(node, given.rank() == 2 ? vector : kernels.reshape(vector, List.of(Length.fixed(size))));
    }

    /** The counts of the n-grams at the places of their columns; what several share is their sum. */
    private static EdgeValue spread(
            Kernels kernels, EdgeValue words, List<EdgeValue> counts, List<Integer> places, int size) {
        if (counts.isEmpty()) {
            Length rows = Length.of(words, 0);
            return new LengthArithmetic(kernels)
                    .filled(
                            kernels.lengths(List.of(rows, Length.fixed(size))),
                            EdgeValue.scalar(TensorType.FLOAT32, 0),
                            List.of(LengthArithmetic.known(rows), size));
        }
        float[] table = new float[places.size() * size];
        for (int i = 0; i < places.size(); i++) {
            table[i * size + places.get(i)] = 1;
        }
        EdgeValue columns = EdgeValue.floats("columns", List.of(places.size(), size), table);
        return kernels.multiplyMatrices(kernels.concatenate(counts, 1), columns, false, false);
    }

    private static EdgeValue weighted(OnnxNode node, LoweringContext context, EdgeValue counts, int size) {
        Kernels kernels = context.kernels(node);
        String mode = node.text("mode").orElse("TF");
        EdgeValue weighted =
                mode.equals("IDF") ? kernels.minimum(counts, EdgeValue.scalar(TensorType.FLOAT32, 1)) : counts;
        if (mode.equals("TF") || !(node.attributes().get("weights") instanceof AttributeValue.Numbers weights)) {
            return weighted;
        }
        List<Long> columns = attribute(node, context, "ngram_indexes");
        float[] factors = new float[size];
        for (int i = 0; i < columns.size(); i++) {
            // Each weight belongs to the n-gram of its place.
            factors[Math.toIntExact(columns.get(i))] = weights.values().get(i);
        }
        return kernels.multiply(weighted, EdgeValue.floats("weights", List.of(size), factors));
    }

    private static List<Long> attribute(OnnxNode node, LoweringContext context, String name) {
        return node.integers(name)
                .filter(values -> !values.isEmpty())
                .orElseThrow(() -> context.refusal("attribute", "it has no " + name));
    }
}
