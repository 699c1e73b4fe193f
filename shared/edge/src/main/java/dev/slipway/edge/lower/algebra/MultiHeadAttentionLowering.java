package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/** ONNX Runtime's MultiHeadAttention, of queries, keys and values apart. */
final class MultiHeadAttentionLowering implements Lowering {
    private static final int BIAS = 3;
    private static final int MASK = 4;
    private static final int ADDEND = 5;
    private static final int PAST_KEY = 6;
    private static final int PAST_VALUE = 7;
    private static final int PAST_LENGTH = 8;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        if (node.input(PAST_LENGTH).isPresent() || context.wantsOutput(node, 3)) {
            throw context.refusal("attribute", "it shares the buffer of its past, or gives its scores");
        }
        EdgeValue query = operand(node, context, 0);
        EdgeValue key = operand(node, context, 1);
        EdgeValue value = operand(node, context, 2);
        Kernels kernels = context.kernels(node);
        Length before = Length.fixed(0);
        if (node.input(PAST_KEY).isPresent()) {
            before = Length.of(context.input(node, PAST_KEY), 2);
            key = kernels.concatenate(List.of(context.input(node, PAST_KEY), key), 2);
            value = kernels.concatenate(List.of(context.input(node, PAST_VALUE), value), 2);
        }
        if (context.wantsOutput(node, 1)) {
            context.define(node, 1, key);
        }
        if (context.wantsOutput(node, 2)) {
            context.define(node, 2, value);
        }
        MaskedAttention attention = new MaskedAttention(node, context);
        attention.mask(MASK, query, key);
        attention.addend(ADDEND);
        if (node.integer("unidirectional").orElse(0L) != 0) {
            attention.causal(query, key, before);
        }
        context.define(node, attention.result(query, key, value));
    }

    /** With heads as an axis of their own, behind the batch. */
    private static EdgeValue operand(OnnxNode node, LoweringContext context, int index) {
        Kernels kernels = context.kernels(node);
        if (node.input(index).isEmpty() || context.facts(node, index).rank() == 5) {
            throw context.refusal("packed", "its queries, keys or values are packed into one");
        }
        EdgeValue given = context.input(node, index);
        if (given.rank() == 4) {
            return given;
        }
        int heads = Math.toIntExact(node.integer("num_heads")
                .orElseThrow(() -> context.refusal("attribute", "it does not say its num_heads")));
        EdgeValue biased = given;
        if (node.input(BIAS).isPresent()) {
            EdgeValue bias = context.input(node, BIAS);
            int hidden = given.shape().get(2);
            if (hidden < 0) {
                throw context.refusal("open", "it has a bias, and the length of its features is open");
            }
            int begin = index == 2 ? bias.shape().get(0) - hidden : index * hidden;
            biased = kernels.add(given, kernels.slice(bias, 0, begin, hidden));
        }
        return Heads.outside(kernels, biased, heads);
    }
}
