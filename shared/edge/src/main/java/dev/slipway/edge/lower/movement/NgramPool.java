package dev.slipway.edge.lower.movement;

import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The n-grams of one length.
 *
 * @param words one n-gram after the other
 * @param counted whether n-grams of this length are looked for at all
 */
record NgramPool(int length, List<Long> words, boolean counted) {
    NgramPool {
        words = List.copyOf(words);
    }

    int count() {
        return words.size() / length;
    }

    /** The words that stand in this place of their n-grams. */
    int[] wordsAt(int place) {
        int[] column = new int[count()];
        for (int i = 0; i < column.length; i++) {
            column[i] = Math.toIntExact(words.get(i * length + place));
        }
        return column;
    }

    static List<NgramPool> all(OnnxNode node, LoweringContext context) {
        List<Long> words = node.integers("pool_int64s")
                .orElseThrow(() -> context.refusal("type", "it counts texts, which TFLite has no operators for"));
        List<Long> starts = node.integers("ngram_counts").orElse(List.of());
        long least = node.integer("min_gram_length").orElse(1L);
        long most = node.integer("max_gram_length").orElse(1L);
        List<NgramPool> pools = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int from = Math.toIntExact(starts.get(i));
            int to = i + 1 < starts.size() ? Math.toIntExact(starts.get(i + 1)) : words.size();
            int length = i + 1;
            pools.add(new NgramPool(length, words.subList(from, to), length >= least && length <= most));
        }
        return pools;
    }
}
