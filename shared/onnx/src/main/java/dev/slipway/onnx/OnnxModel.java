package dev.slipway.onnx;

import java.util.Map;

/**
 * A model: a graph and the operator sets that give its operators their meaning.
 *
 * @param irVersion the version of the file format
 * @param opsets the version of each operator domain; the empty domain is ONNX's own
 * @param metadata free properties
 */
public record OnnxModel(
        long irVersion,
        Map<String, Long> opsets,
        String producer,
        String producerVersion,
        String description,
        OnnxGraph graph,
        Map<String, String> metadata) {

    public OnnxModel {
        opsets = Map.copyOf(opsets);
        metadata = Map.copyOf(metadata);
    }

    /** The version of ONNX's own operators, 0 if the model uses none of them. */
    public long opset() {
        return opsets.getOrDefault("", 0L);
    }

    public OnnxModel withGraph(OnnxGraph other) {
        return new OnnxModel(irVersion, opsets, producer, producerVersion, description, other, metadata);
    }
}
