package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Counts n-grams in rows of words.
 *
 * @param length how many words a row has
 */
record NgramMatches(Kernels kernels, EdgeValue words, int length) {

    /** FLOAT32, a row for each row and a column for each n-gram; empty if there is none to look for. */
    Optional<EdgeValue> count(NgramPool pool, int mostSkipped) {
        if (!pool.counted() || pool.count() == 0) {
            return Optional.empty();
        }
        List<EdgeValue> counts = new ArrayList<>();
        // Words alone have nothing between them that could be skipped.
        int skips = pool.length() == 1 ? 0 : mostSkipped;
        for (int skip = 0; skip <= skips; skip++) {
            int distance = skip + 1;
            int places = length - distance * (pool.length() - 1);
            if (places > 0) {
                counts.add(count(pool, distance, places));
            }
        }
        return counts.stream().reduce((a, b) -> kernels.add(a, b));
    }

    private EdgeValue count(NgramPool pool, int distance, int places) {
        List<EdgeValue> matches = new ArrayList<>();
        for (int i = 0; i < pool.length(); i++) {
            EdgeValue here = kernels.unsqueeze(kernels.slice(words, 1, i * distance, places), List.of(2));
            List<Integer> wanted = Arrays.stream(pool.wordsAt(i)).boxed().toList();
            EdgeValue row = EdgeValue.integers("ngrams", List.of(1, 1, pool.count()), wanted)
                    .cast(words.type());
            matches.add(kernels.compare(BuiltinOperator.EQUAL, here, row));
        }
        EdgeValue all = matches.stream()
                .reduce((a, b) -> kernels.binary(BuiltinOperator.LOGICAL_AND, a, b))
                .orElseThrow();
        return kernels.reduce(BuiltinOperator.SUM, kernels.cast(all, TensorType.FLOAT32), List.of(1), false);
    }
}
