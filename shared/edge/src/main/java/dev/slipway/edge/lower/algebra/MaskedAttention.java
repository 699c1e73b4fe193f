package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import java.util.ArrayList;
import java.util.List;

/** What ONNX Runtime's forms of attention have in common: masks of whole numbers, and an addend to the scores. */
final class MaskedAttention {
    private static final float DEFAULT_HIDDEN = -10000;

    private final OnnxNode node;
    private final LoweringContext context;
    private final Kernels kernels;
    private final AttentionCore core;
    private final double hidden;
    private final List<EdgeValue> biases = new ArrayList<>();

    MaskedAttention(OnnxNode node, LoweringContext context) {
        this.node = node;
        this.context = context;
        this.kernels = context.kernels(node);
        this.core = new AttentionCore(kernels);
        this.hidden = node.number("mask_filter_value").orElse(DEFAULT_HIDDEN);
    }

    /** The input with a mask: of key positions (rank 2), of pairs of positions (3), or how many there are (1). */
    void mask(int input, EdgeValue query, EdgeValue key) {
        if (node.input(input).isEmpty()) {
            return;
        }
        EdgeValue mask = context.input(node, input);
        if (mask.rank() == 1) {
            int samples = query.shape().get(0);
            if (samples != mask.shape().get(0)) {
                throw context.refusal("mask", "its mask has another length than the batch");
            }
            biases.add(core.filled(mask, Length.of(key, 2), hidden));
        } else if (mask.rank() <= 3) {
            EdgeValue shown = kernels.compare(BuiltinOperator.GREATER, mask, EdgeValue.scalar(mask.type(), 0));
            biases.add(kernels.unsqueeze(core.bias(shown, hidden), mask.rank() == 2 ? List.of(1, 2) : List.of(1)));
        } else {
            throw context.refusal("mask", "its mask has rank " + mask.rank());
        }
    }

    /** The input that is added to the scores. */
    void addend(int input) {
        if (node.input(input).isPresent()) {
            biases.add(context.input(node, input));
        }
    }

    /** No position looks at later ones. */
    void causal(EdgeValue query, EdgeValue key, Length past) {
        // Unlike by a mask these are hidden even where nothing else is to be seen.
        biases.add(core.causal(Length.of(query, 2), Length.of(key, 2), past, Double.NEGATIVE_INFINITY));
    }

    /** The result with its heads inside the last axis. */
    EdgeValue result(EdgeValue query, EdgeValue key, EdgeValue value) {
        float given = node.number("scale").orElse(0f);
        double scale = given == 0 ? 1 / Math.sqrt(query.shape().get(3)) : given;
        EdgeValue scores = core.scores(query, key, scale);
        for (EdgeValue bias : biases) {
            scores = kernels.add(scores, bias);
        }
        EdgeValue weights = Normalisers.softmax(kernels, scores);
        return Heads.inside(kernels, core.weighted(weights, value));
    }
}
