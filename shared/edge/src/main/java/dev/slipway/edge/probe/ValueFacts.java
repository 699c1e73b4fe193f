package dev.slipway.edge.probe;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a value.
 *
 * @param constant its elements, if they depend on no input
 */
public record ValueFacts(ElementType type, List<Extent> extents, Optional<OnnxTensor> constant) {
    public ValueFacts {
        extents = List.copyOf(extents);
    }

    /** The lengths, -1 where open. */
    public List<Integer> shape() {
        return extents.stream().map(Extent::length).toList();
    }

    public int rank() {
        return extents.size();
    }
}
