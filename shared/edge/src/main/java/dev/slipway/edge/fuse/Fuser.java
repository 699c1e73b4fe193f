package dev.slipway.edge.fuse;

import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts one operator where a pattern of several stands. What only the pattern needed is left without use, which the probe
 * leaves out.
 */
public final class Fuser {
    /** The domain of the operators that ONNX Runtime adds to ONNX's. */
    static final String CONTRIBUTED = "com.microsoft";

    private final List<Fusion> fusions = List.of(new GeluFusion(), new LayerNormalizationFusion());

    /** The very same model if there is no pattern. */
    public OnnxModel fuse(OnnxModel model) {
        OnnxGraph graph = model.graph();
        Makers makers = new Makers(graph);
        List<OnnxNode> nodes = new ArrayList<>();
        boolean changed = false;
        for (OnnxNode node : graph.nodes()) {
            Optional<OnnxNode> fused =
                    node.domain().isEmpty() && Makers.isWhole(node) ? fused(node, makers) : Optional.empty();
            nodes.add(fused.orElse(node));
            changed |= fused.isPresent();
        }
        return changed ? withContributed(model).withGraph(graph.withNodes(nodes)) : model;
    }

    private Optional<OnnxNode> fused(OnnxNode node, Makers makers) {
        return fusions.stream()
                .flatMap(fusion -> fusion.fuse(node, makers).stream())
                .findFirst();
    }

    private static OnnxModel withContributed(OnnxModel model) {
        return model.opsets().containsKey(CONTRIBUTED) ? model : model.withOpset(CONTRIBUTED, 1);
    }
}
