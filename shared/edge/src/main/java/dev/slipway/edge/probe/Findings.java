package dev.slipway.edge.probe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares a model's values at several sizes. */
final class Findings {
    private final OnnxModel model;
    private final Symbols symbols;
    private final DataFlow flow;
    private final Snapshot base;
    private final Map<String, Snapshot> variations;

    /** @param variations by the symbol whose length alone is another than in {@code base} */
    Findings(OnnxModel model, Symbols symbols, DataFlow flow, Snapshot base, Map<String, Snapshot> variations) {
        this.model = model;
        this.symbols = symbols;
        this.flow = flow;
        this.base = base;
        this.variations = variations;
    }

    ProbedModel probed() {
        Map<String, ValueFacts> facts = new HashMap<>();
        for (OnnxTensor tensor : model.graph().initializers()) {
            facts.put(
                    tensor.name(),
                    new ValueFacts(
                            tensor.type(),
                            tensor.shape().stream()
                                    .map(length -> (Extent) new Extent.Fixed(length))
                                    .toList(),
                            Optional.of(tensor)));
        }
        for (OnnxValue input : model.graph().requiredInputs()) {
            facts.put(
                    input.name(),
                    new ValueFacts(Symbols.dense(input).element(), symbols.extents(input.name()), Optional.empty()));
        }
        Map<String, List<Set<String>>> dataCauses = DataShapes.of(model, flow, base);
        Set<String> varying = new HashSet<>();
        for (OnnxNode node : model.graph().nodes()) {
            boolean reads = NodeReads.of(node).stream().anyMatch(varying::contains);
            for (String output : node.outputs()) {
                boolean varies = reads || dataCauses.containsKey(output);
                if (varies) {
                    varying.add(output);
                }
                if (base.has(output)) {
                    Optional<OnnxTensor> constant = varies ? Optional.empty() : constant(output);
                    facts.put(output, new ValueFacts(base.types().get(output), extents(output, dataCauses), constant));
                }
            }
        }
        return new ProbedModel(model, facts);
    }

    /** The elements that the value has at every size, if it is no data. */
    private Optional<OnnxTensor> constant(String value) {
        boolean same = !flow.isData(value)
                && variations.values().stream().allMatch(variation -> variation.sameElements(base, value));
        return same ? Optional.ofNullable(base.elements().get(value)) : Optional.empty();
    }

    private List<Extent> extents(String value, Map<String, List<Set<String>>> dataCauses) {
        List<Integer> shape = base.shapes().get(value);
        List<Extent> extents = new ArrayList<>();
        List<Set<String>> causes = dataCauses.getOrDefault(value, DataAxes.none(shape.size()));
        for (int axis = 0; axis < shape.size(); axis++) {
            Set<String> names = new HashSet<>(causes.get(axis));
            for (Map.Entry<String, Snapshot> variation : variations.entrySet()) {
                List<Integer> other = variation.getValue().shapes().get(value);
                if (other == null || other.size() != shape.size()) {
                    throw SlipwayException.unsupported(
                            "edge.probe", "The rank of value '" + value + "' depends on the size of the inputs.");
                }
                if (!other.get(axis).equals(shape.get(axis))) {
                    names.add(variation.getKey());
                }
            }
            extents.add(names.isEmpty() ? new Extent.Fixed(shape.get(axis)) : new Extent.Open(names));
        }
        return extents;
    }
}
