package dev.slipway.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model without its weights, and the weights. */
public final class DetachedModel {
    private final byte[] model;
    private final Map<String, OnnxTensor> weights;

    DetachedModel(byte[] model, Map<String, OnnxTensor> weights) {
        this.model = model;
        this.weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /** An ONNX file in which the weights are external data, in a file that there is not; a copy. */
    public byte[] model() {
        return model.clone();
    }

    /** The weights by their names. */
    public Map<String, OnnxTensor> weights() {
        return weights;
    }
}
