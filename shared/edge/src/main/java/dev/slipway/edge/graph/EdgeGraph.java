package dev.slipway.edge.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph whose operations are in an order in which every value is made before it is used.
 *
 * @param inputs named as in the ONNX model
 * @param outputs by their names in the ONNX model, in its order
 */
public record EdgeGraph(List<EdgeOperation> operations, List<EdgeValue> inputs, Map<String, EdgeValue> outputs) {
    public EdgeGraph {
        operations = List.copyOf(operations);
        inputs = List.copyOf(inputs);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
}
