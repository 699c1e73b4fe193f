package dev.slipway.edge.probe;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computes what depends on constants and known shapes only, which needs no input of the model. */
final class Folding {
    private final OnnxModel model;
    private final DataFlow flow;
    private final Snapshot snapshot;
    private final Map<String, OnnxTensor> constants;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Set<String> made = new LinkedHashSet<>();
    private final Set<String> used = new LinkedHashSet<>();

    private Folding(OnnxModel model, DataFlow flow, Snapshot snapshot) {
        this.model = model;
        this.flow = flow;
        this.snapshot = snapshot;
        this.constants = model.graph().constants();
    }

    /** Adds to the snapshot what can be computed from it; says whether that was anything. */
    static boolean fold(OnnxModel model, DataFlow flow, Snapshot snapshot) {
        Folding folding = new Folding(model, flow, snapshot);
        int before = snapshot.elements().size();
        model.graph().nodes().forEach(folding::consider);
        if (!folding.nodes.isEmpty()) {
            folding.run();
        }
        return snapshot.elements().size() > before;
    }

    private void consider(OnnxNode node) {
        List<String> outputs =
                node.outputs().stream().filter(output -> !output.isEmpty()).toList();
        if (outputs.stream().anyMatch(flow::isData)
                || snapshot.elements().keySet().containsAll(outputs)) {
            return;
        }
        boolean ofShape = node.domain().isEmpty()
                && (node.operator().equals("Shape") || node.operator().equals("Size"));
        Set<String> reads = NodeReads.of(node);
        if (ofShape && node.input(0).isPresent() && snapshot.has(node.inputs().get(0))) {
            snapshot.elements(lengths(node, snapshot.shapes().get(node.inputs().get(0))));
        } else if (reads.stream().allMatch(this::isKnown)) {
            nodes.add(node);
            made.addAll(outputs);
            used.addAll(reads);
        }
    }

    private boolean isKnown(String value) {
        return made.contains(value) || constants.containsKey(value) || isFolded(value);
    }

    private boolean isFolded(String value) {
        return snapshot.elements().containsKey(value) && !flow.isData(value);
    }

    /** What Shape or Size say of a value of this shape. */
    private static OnnxTensor lengths(OnnxNode node, List<Integer> shape) {
        String name = node.outputs().get(0);
        if (node.operator().equals("Size")) {
            return OnnxTensor.int64(
                    name,
                    List.of(),
                    shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact));
        }
        int start = bound(node.integer("start").orElse(0L), shape.size());
        int end = Math.max(start, bound(node.integer("end").orElse((long) shape.size()), shape.size()));
        long[] lengths =
                shape.subList(start, end).stream().mapToLong(Integer::longValue).toArray();
        return OnnxTensor.int64(name, List.of(lengths.length), lengths);
    }

    private static int bound(long given, int rank) {
        return (int) Math.max(0, Math.min(rank, given < 0 ? given + rank : given));
    }

    private void run() {
        Map<String, OnnxTensor> initializers = new LinkedHashMap<>();
        for (String value : used) {
            if (constants.containsKey(value)) {
                initializers.put(value, constants.get(value));
            } else if (!made.contains(value)) {
                initializers.put(value, snapshot.elements().get(value).withName(value));
            }
        }
        OnnxGraph graph = new OnnxGraph(
                "constants",
                nodes,
                List.copyOf(initializers.values()),
                List.of(),
                made.stream().map(OnnxValue::undeclared).toList(),
                List.of());
        try (OnnxSession session = OnnxSession.open(model.withGraph(graph), SessionSettings.faithful())) {
            session.forEachOutput(Map.of(), (name, tensor) -> {
                if (tensor.type() != ElementType.STRING) {
                    snapshot.elements(tensor.withName(name));
                }
            });
        }
    }
}
