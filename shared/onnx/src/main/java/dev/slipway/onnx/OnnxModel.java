package dev.slipway.onnx;

import java.util.HashMap;
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

    /** The same graph, read by another version of a domain's operators. */
    public OnnxModel withOpset(String domain, long version) {
        Map<String, Long> changed = new HashMap<>(opsets);
        changed.put(domain, version);
        return new OnnxModel(irVersion, changed, producer, producerVersion, description, graph, metadata);
    }

    /** In this version of the file format, or its own if that is newer. */
    public OnnxModel withIrVersion(long least) {
        return new OnnxModel(
                Math.max(irVersion, least), opsets, producer, producerVersion, description, graph, metadata);
    }

    /** In this version of the file format, or its own if that is older. */
    public OnnxModel withIrVersionUpTo(long most) {
        return new OnnxModel(
                Math.min(irVersion, most), opsets, producer, producerVersion, description, graph, metadata);
    }
}
