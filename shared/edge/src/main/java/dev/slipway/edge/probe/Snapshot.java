package dev.slipway.edge.probe;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's values at one set of input lengths.
 *
 * @param types of all dense tensors
 * @param shapes of the same tensors
 * @param elements of those that are no data, and of those that the caller wanted
 */
record Snapshot(Map<String, ElementType> types, Map<String, List<Integer>> shapes, Map<String, OnnxTensor> elements) {

    /** To be filled. */
    static Snapshot empty() {
        return new Snapshot(new HashMap<>(), new HashMap<>(), new HashMap<>());
    }

    boolean has(String value) {
        return shapes.containsKey(value);
    }

    void shape(String value, ElementType type, List<Integer> shape) {
        types.put(value, type);
        shapes.put(value, shape);
    }

    void elements(OnnxTensor tensor) {
        shape(tensor.name(), tensor.type(), tensor.shape());
        elements.put(tensor.name(), tensor);
    }

    /** A tensor of the value's shape: its own elements where they are known, otherwise zeros. */
    OnnxTensor tensor(String value) {
        OnnxTensor known = elements.get(value);
        if (known != null) {
            return known;
        }
        ElementType type = types.get(value);
        long size = shapes.get(value).stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        return new OnnxTensor(value, type, shapes.get(value), ByteBuffer.allocate(Math.toIntExact(type.bytes(size))));
    }

    /** Whether both know the same elements of the value. */
    boolean sameElements(Snapshot other, String value) {
        OnnxTensor here = elements.get(value);
        OnnxTensor there = other.elements.get(value);
        return here != null
                && there != null
                && here.shape().equals(there.shape())
                && here.data().equals(there.data());
    }
}
