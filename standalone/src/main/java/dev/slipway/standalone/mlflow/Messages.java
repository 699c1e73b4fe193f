package dev.slipway.standalone.mlflow;

import io.micronaut.core.annotation.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parts of the requests to a server that speaks MLflow's API. */
final class Messages {
    private Messages() {}

    /** Puts what is there. */
    static void put(Map<String, Object> body, String key, @Nullable String value) {
        if (value != null) {
            body.put(key, value);
        }
    }

    /** As MLflow has params and tags. */
    static List<Map<String, String>> pairs(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(text -> Map.of("key", text.getKey(), "value", text.getValue()))
                .toList();
    }

    /** The same in parts of at most so many. */
    static <T> List<List<T>> parts(List<T> all, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return parts;
    }
}
