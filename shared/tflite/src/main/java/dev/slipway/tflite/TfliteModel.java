package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A TFLite model.
 *
 * @param subgraphs at least one, the first being the entry, the others the bodies of control flow
 * @param metadata named byte blocks, such as {@code min_runtime_version}
 */
public record TfliteModel(
        String description,
        List<TfliteSubgraph> subgraphs,
        List<TfliteSignature> signatures,
        Map<String, ByteBuffer> metadata) {

    /** Fails with {@code tflite.malformed} if an index names no tensor or subgraph, or a subgraph leads to itself. */
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
        SubgraphCalls.check(subgraphs);
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

    /** The same model with one named block of bytes set. */
    public TfliteModel withMetadata(String name, ByteBuffer bytes) {
        Map<String, ByteBuffer> all = new HashMap<>(metadata);
        all.put(name, bytes);
        return new TfliteModel(description, subgraphs, signatures, all);
    }

    /**
     * The same calculation that gives other results, such as values from within the model.
     *
     * @param outputs tensors of the entry by the names under which they are given, in order
     */
    public TfliteModel withOutputs(Map<String, Integer> outputs) {
        TfliteSubgraph old = entry();
        Map<String, Integer> inputs = new LinkedHashMap<>();
        List<String> names = inputNames();
        for (int i = 0; i < names.size(); i++) {
            inputs.put(names.get(i), old.inputs().get(i));
        }
        List<TfliteSubgraph> all = new ArrayList<>(subgraphs);
        all.set(
                0,
                new TfliteSubgraph(
                        old.name(), old.tensors(), old.operators(), old.inputs(), List.copyOf(outputs.values())));
        TfliteSignature signature = new TfliteSignature(TfliteSignature.DEFAULT_KEY, 0, inputs, outputs);
        return new TfliteModel(description, all, List.of(signature), metadata);
    }

    /** A name for each of the entry's inputs, none twice: by the signature or, without one, the tensors' own. */
    public List<String> inputNames() {
        return ValueNames.of(
                entry().inputs(),
                signatureOfEntry().map(TfliteSignature::inputs).orElse(Map.of()),
                entry().tensors());
    }

    /** A name for each of the entry's outputs, none twice: by the signature or, without one, the tensors' own. */
    public List<String> outputNames() {
        return ValueNames.of(
                entry().outputs(),
                signatureOfEntry().map(TfliteSignature::outputs).orElse(Map.of()),
                entry().tensors());
    }

    private Optional<TfliteSignature> signatureOfEntry() {
        return signatures.stream()
                .filter(candidate -> candidate.subgraph() == 0)
                .findFirst();
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
