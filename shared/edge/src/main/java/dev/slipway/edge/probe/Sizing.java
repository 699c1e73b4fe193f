package dev.slipway.edge.probe;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import dev.slipway.onnx.run.SessionValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds out a model's shapes at given input lengths. ONNX Runtime's own inference tells most of them when it loads the
 * model, without running it; what it can't tell is seen in a run.
 */
final class Sizing {
    // Values computed from shapes let more shapes be inferred; after so many rounds a run is cheaper.
    private static final int ROUNDS = 8;
    // Larger weights don't matter to shapes, so inference only gets to know their own.
    private static final int LARGEST_KEPT = 4096;

    private final Snapshot constants;
    private final OnnxModel model;
    private final DataFlow flow;
    private final Set<String> wanted;

    /** @param wanted values whose elements are wanted if the model is run */
    Sizing(Constants constants, DataFlow flow, Set<String> wanted) {
        this.constants = constants.snapshot();
        this.model = constants.model();
        this.flow = flow;
        this.wanted = wanted;
    }

    /**
     * Fails like {@link OnnxSession} if the model has to be run and does not run on these inputs.
     *
     * @param inputs declared with fixed lengths
     * @param samples of the same types and shapes, asked for if the model has to be run
     */
    Snapshot of(List<OnnxValue> inputs, Supplier<Map<String, OnnxTensor>> samples) {
        Snapshot snapshot = Snapshot.empty();
        constants.elements().values().forEach(snapshot::elements);
        model.graph().initializers().forEach(tensor -> snapshot.shape(tensor.name(), tensor.type(), tensor.shape()));
        for (OnnxValue input : inputs) {
            ValueType.Dense type = (ValueType.Dense) input.type();
            snapshot.shape(
                    input.name(),
                    type.element(),
                    lengths(type.shape().orElseThrow()).orElseThrow());
        }
        Set<String> missing = new LinkedHashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            missing.clear();
            missing.addAll(infer(inputs, snapshot));
            boolean more = Folding.fold(model, flow, snapshot);
            missing.removeAll(snapshot.elements().keySet());
            if (missing.isEmpty() || !more) {
                break;
            }
        }
        if (missing.isEmpty() && !DoubtfulShapes.hold(model, snapshot)) {
            // What followed from the wrong shapes is wrong too.
            snapshot.elements().keySet().retainAll(constants.elements().keySet());
            model.graph().nodes().forEach(node -> missing.addAll(node.outputs()));
            missing.remove("");
            missing.removeAll(snapshot.elements().keySet());
        }
        if (!missing.isEmpty()) {
            run(samples.get(), missing, snapshot);
            Folding.fold(model, flow, snapshot);
        }
        return snapshot;
    }

    /** Gives the values of unknown shape. */
    private Set<String> infer(List<OnnxValue> inputs, Snapshot snapshot) {
        Set<String> missing = new LinkedHashSet<>();
        try (OnnxSession session = OnnxSession.open(inferred(inputs, snapshot), SessionSettings.faithful())) {
            for (SessionValue output : session.outputs()) {
                Optional<List<Integer>> shape = lengths(output.shape());
                // A shape that is not known looks like that of a scalar.
                if (shape.isPresent() && !shape.get().isEmpty()) {
                    snapshot.shape(output.name(), output.type(), shape.get());
                } else if (!snapshot.has(output.name())) {
                    missing.add(output.name());
                }
            }
        } catch (SlipwayException e) {
            // Some kernels want constants where this leaves them out; the run, which has all, will tell.
            model.graph().nodes().forEach(node -> missing.addAll(node.outputs()));
            missing.remove("");
            missing.removeAll(snapshot.shapes().keySet());
        }
        return missing;
    }

    private OnnxModel inferred(List<OnnxValue> inputs, Snapshot snapshot) {
        OnnxGraph graph = model.graph();
        List<OnnxTensor> given = new ArrayList<>();
        List<OnnxValue> declared = new ArrayList<>(inputs);
        graph.initializers().forEach(tensor -> give(tensor, given, declared));
        List<OnnxNode> nodes = new ArrayList<>();
        List<OnnxValue> outputs = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (OnnxNode node : graph.nodes()) {
            if (node.outputs().stream()
                            .allMatch(output ->
                                    output.isEmpty() || snapshot.elements().containsKey(output))
                    && node.outputs().stream().noneMatch(flow::isData)) {
                node.outputs().stream()
                        .filter(output -> !output.isEmpty() && known.add(output))
                        .forEach(output -> give(snapshot.elements().get(output), given, declared));
            } else {
                nodes.add(node);
                node.outputs().stream()
                        .filter(output -> !output.isEmpty())
                        .forEach(output -> outputs.add(OnnxValue.undeclared(output)));
            }
        }
        if (outputs.isEmpty()) {
            // A session needs an output; that of a constant is as good as any.
            given.stream().limit(1).forEach(tensor -> outputs.add(declared(tensor)));
        }
        return model.withGraph(new OnnxGraph(graph.name(), nodes, given, declared, outputs, List.of()));
    }

    private void run(Map<String, OnnxTensor> inputs, Set<String> missing, Snapshot snapshot) {
        Set<String> names = new LinkedHashSet<>(missing);
        names.addAll(wanted);
        List<OnnxValue> outputs = names.stream().map(OnnxValue::undeclared).toList();
        OnnxGraph graph = model.graph();
        OnnxModel exposed = model.withGraph(LiveNodes.of(
                new OnnxGraph(graph.name(), graph.nodes(), graph.initializers(), graph.inputs(), outputs, List.of())));
        try (OnnxSession session = OnnxSession.open(exposed, SessionSettings.faithful())) {
            session.forEachOutput(inputs, (name, tensor) -> {
                if (wanted.contains(name) || !flow.isData(name)) {
                    snapshot.elements(tensor.withName(name));
                } else {
                    snapshot.shape(name, tensor.type(), tensor.shape());
                }
            });
        }
    }

    private static void give(OnnxTensor tensor, List<OnnxTensor> given, List<OnnxValue> declared) {
        if (tensor.data().remaining() <= LARGEST_KEPT || tensor.type() == ElementType.STRING) {
            given.add(tensor);
        } else {
            declared.add(declared(tensor));
        }
    }

    private static OnnxValue declared(OnnxTensor tensor) {
        return OnnxValue.dense(
                tensor.name(),
                tensor.type(),
                tensor.shape().stream().map(Dimension::fixed).toArray(Dimension[]::new));
    }

    private static Optional<List<Integer>> lengths(List<Dimension> shape) {
        List<Integer> lengths = new ArrayList<>();
        for (Dimension dimension : shape) {
            if (dimension instanceof Dimension.Fixed fixed && fixed.length() <= Integer.MAX_VALUE) {
                lengths.add((int) fixed.length());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(lengths);
    }
}
