package dev.slipway.edge.decompose;

import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Applies every decomposition once; the result is to be probed again, since it has new values. */
public final class Decomposer {
    private final Map<String, Decomposition> decompositions = Map.of();

    /** Empty if nothing applies. */
    public Optional<OnnxModel> decompose(ProbedModel probed) {
        OnnxGraph graph = probed.model().graph();
        Parts parts = new Parts();
        boolean changed = false;
        for (OnnxNode node : graph.nodes()) {
            Decomposition decomposition = node.domain().isEmpty() ? decompositions.get(node.operator()) : null;
            if (decomposition != null && decomposition.applies(node, probed)) {
                decomposition.decompose(node, probed, parts);
                changed = true;
            } else {
                parts.keep(node);
            }
        }
        if (!changed) {
            return Optional.empty();
        }
        List<OnnxTensor> constants = new ArrayList<>(graph.initializers());
        constants.addAll(parts.constants());
        return Optional.of(
                probed.model().withGraph(graph.withNodes(parts.nodes()).withInitializers(constants)));
    }
}
