package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeOperation;
import java.util.Set;

/**
 * The operations that the user wants to stay float.
 *
 * @param names of values of the ONNX model
 */
record FloatLayers(Set<String> names) {

    /** Whether the operation makes one of the values or is a part of what makes it. */
    boolean contain(EdgeOperation operation) {
        return operation.outputs().stream().anyMatch(output -> names.stream()
                .anyMatch(name -> output.name().equals(name) || output.name().startsWith(name + "/")));
    }
}
