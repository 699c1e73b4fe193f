package dev.slipway.tflite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names under which a caller gives and takes tensors.
 *
 * @param key usually {@code serving_default}
 * @param inputs tensor indexes by name, in order
 * @param outputs tensor indexes by name, in order
 */
public record TfliteSignature(String key, int subgraph, Map<String, Integer> inputs, Map<String, Integer> outputs) {
    /** The key that TensorFlow's tools give and expect. */
    public static final String DEFAULT_KEY = "serving_default";

    public TfliteSignature {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
}
