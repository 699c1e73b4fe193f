package dev.slipway.edge.probe;

import dev.slipway.onnx.OnnxTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a run at other lengths.
 *
 * @param shapes of all values
 * @param dataless the values that are no data: they depend on nothing but lengths
 */
record Variation(Map<String, List<Integer>> shapes, Map<String, OnnxTensor> dataless) {

    static Variation of(Map<String, OnnxTensor> values, DataFlow flow) {
        Map<String, List<Integer>> shapes = new HashMap<>();
        Map<String, OnnxTensor> dataless = new HashMap<>();
        values.forEach((name, tensor) -> {
            shapes.put(name, tensor.shape());
            if (!flow.isData(name)) {
                dataless.put(name, tensor);
            }
        });
        return new Variation(shapes, dataless);
    }

    /** Whether the value was the same. */
    boolean has(String name, OnnxTensor value) {
        OnnxTensor here = dataless.get(name);
        return here != null && here.shape().equals(value.shape()) && here.data().equals(value.data());
    }
}
