package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A TFLite model.
 *
 * @param subgraphs at least one, the first being the entry
 * @param metadata named byte blocks, such as {@code min_runtime_version}
 */
public record TfliteModel(
        String description,
        List<TfliteSubgraph> subgraphs,
        List<TfliteSignature> signatures,
        Map<String, ByteBuffer> metadata) {

    /** Fails with {@code tflite.malformed} if an index names no tensor or subgraph. */
    public TfliteModel {
        subgraphs = List.copyOf(subgraphs);
        signatures = List.copyOf(signatures);
        metadata = Map.copyOf(metadata);
        if (subgraphs.isEmpty()) {
            throw malformed("it has no subgraph");
        }
        for (TfliteSubgraph graph : subgraphs) {
            int tensors = graph.tensors().size();
            checkIndexes(graph.inputs(), 0, tensors);
            checkIndexes(graph.outputs(), 0, tensors);
            for (TfliteOperator operator : graph.operators()) {
                checkIndexes(operator.inputs(), -1, tensors);
                checkIndexes(operator.outputs(), 0, tensors);
            }
        }
        for (TfliteSignature signature : signatures) {
            checkIndexes(List.of(signature.subgraph()), 0, subgraphs.size());
            TfliteSubgraph graph = subgraphs.get(signature.subgraph());
            if (!graph.inputs().containsAll(signature.inputs().values())
                    || !graph.outputs().containsAll(signature.outputs().values())) {
                throw malformed("signature '" + signature.key() + "' names tensors that are no inputs or outputs");
            }
        }
    }

    /** The subgraph that runs. */
    public TfliteSubgraph entry() {
        return subgraphs.get(0);
    }

    private static void checkIndexes(Collection<Integer> indexes, int least, int size) {
        for (int index : indexes) {
            if (index < least || index >= size) {
                throw malformed("it refers to number " + index + " of " + size);
            }
        }
    }

    private static SlipwayException malformed(String why) {
        return SlipwayException.invalid("tflite.malformed", "The TFLite model is malformed: " + why + ".");
    }
}
