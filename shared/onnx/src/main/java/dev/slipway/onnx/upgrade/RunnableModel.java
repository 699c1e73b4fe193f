package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says what ONNX Runtime has no kernel for by what it has, where that means exactly the same. */
final class RunnableModel {
    /** From this version on RoiAlign has no kernel; until 21 it says the same of fewer types. */
    private static final long LAST_WITH_REGIONS = 21;

    /** The newest versions that ONNX Runtime takes, and the newest that can be said in them. */
    private static final long NEWEST = 26;

    private static final long NEWEST_KNOWN = 28;
    private static final long NEWEST_FORMAT = 13;
    /** It brought two element types, which tensors can't have here. */
    private static final long UNKNOWN_FORMAT = 14;

    /** What version 22 and newer ones brought, besides more types. */
    private static final Set<String> NEWER_OPERATORS =
            Set.of("Attention", "BitCast", "CumProd", "RMSNormalization", "RotaryEmbedding", "Swish", "TensorScatter");

    private static final Set<String> NEWER_ATTRIBUTES = Set.of("round_mode", "output_dtype", "precision");

    private RunnableModel() {}

    /** The same model if there is nothing to say otherwise. */
    static OnnxModel of(OnnxModel model) {
        boolean newer = model.opset() > NEWEST && model.opset() <= NEWEST_KNOWN;
        List<NodeRule> rules = new ArrayList<>(newer ? newerSets() : List.of());
        rules.addAll(List.of(
                new QuantisedLstm(),
                new QuantisedAttention(),
                new WiderTypes(),
                new SequenceFirst(),
                new SequenceParts(model.opset())));
        OnnxModel same = new GraphUpgrade(rules, model.graph())
                .upgraded()
                .map(RunnableModel::withoutIdleSequences)
                .map(model::withGraph)
                .orElse(model);
        OnnxModel readable = same.irVersion() == UNKNOWN_FORMAT ? same.withIrVersionUpTo(NEWEST_FORMAT) : same;
        if (model.opset() > LAST_WITH_REGIONS && hasRegions(same.graph()) && !needsNewer(same.graph())) {
            return readable.withOpset("", LAST_WITH_REGIONS);
        }
        return newer ? readable.withOpset("", NEWEST) : readable;
    }

    private static List<NodeRule> newerSets() {
        return List.of(
                new SignedShift(),
                new FloorRemainder(),
                new GatedSwish(),
                new HalfRange(),
                new ColumnDepth(),
                new StatefulConvolution());
    }

    /** Without sequences of which all parts are taken as tensors. */
    private static OnnxGraph withoutIdleSequences(OnnxGraph graph) {
        Set<String> needed = new HashSet<>();
        graph.outputs().forEach(output -> needed.add(output.name()));
        Deque<OnnxNode> kept = new ArrayDeque<>();
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            OnnxNode node = graph.nodes().get(i);
            if (!is(node, SequenceParts.MAKERS) || node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.reads());
                kept.addFirst(node);
            }
        }
        return graph.withNodes(List.copyOf(kept));
    }

    private static boolean hasRegions(OnnxGraph graph) {
        return graph.nodes().stream()
                .anyMatch(node ->
                        is(node, Set.of("RoiAlign")) || node.bodies().stream().anyMatch(RunnableModel::hasRegions));
    }

    private static boolean needsNewer(OnnxGraph graph) {
        return graph.nodes().stream()
                .anyMatch(node -> is(node, NEWER_OPERATORS)
                        || node.attributes().keySet().stream().anyMatch(NEWER_ATTRIBUTES::contains)
                        || node.bodies().stream().anyMatch(RunnableModel::needsNewer));
    }

    private static boolean is(OnnxNode node, Set<String> operators) {
        return node.domain().isEmpty() && operators.contains(node.operator());
    }
}
