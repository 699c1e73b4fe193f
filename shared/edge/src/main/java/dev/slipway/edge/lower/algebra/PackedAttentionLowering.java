package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;

/** ONNX Runtime's Attention: one product makes queries, keys and values, side by side. */
final class PackedAttentionLowering implements Lowering {
    private static final int WEIGHTS = 1;
    private static final int BIAS = 2;
    private static final int MASK = 3;
    private static final int PAST = 4;
    private static final int ADDEND = 5;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        if (node.integer("do_rotary").orElse(0L) != 0
                || node.integer("past_present_share_buffer").orElse(0L) != 0) {
            throw context.refusal("attribute", "it rotates, or shares the buffer of its past");
        }
        int heads = Math.toIntExact(node.integer("num_heads")
                .orElseThrow(() -> context.refusal("attribute", "it does not say its num_heads")));
        EdgeValue packed = packed(node, context);
        List<EdgeValue> parts = parts(node, context, packed).stream()
                .map(part -> Heads.outside(kernels, part, heads))
                .toList();
        EdgeValue query = parts.get(0);
        EdgeValue key = parts.get(1);
        EdgeValue value = parts.get(2);
        Length before = Length.fixed(0);
        if (node.input(PAST).isPresent()) {
            EdgeValue past = context.input(node, PAST);
            before = Length.of(past, 3);
            key = kernels.concatenate(List.of(half(kernels, past, 0), key), 2);
            value = kernels.concatenate(List.of(half(kernels, past, 1), value), 2);
        }
        if (context.wantsOutput(node, 1)) {
            context.define(node, 1, kernels.pack(List.of(key, value), 0));
        }
        MaskedAttention attention = new MaskedAttention(node, context);
        attention.mask(MASK, query, key);
        attention.addend(ADDEND);
        if (node.integer("unidirectional").orElse(0L) != 0) {
            attention.causal(query, key, before);
        }
        context.define(node, attention.result(query, key, value));
    }

    private static EdgeValue packed(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue product =
                new MatrixProduct(kernels).of(context.input(node, 0), context.input(node, WEIGHTS), false, false);
        return node.input(BIAS).isPresent() ? kernels.add(product, context.input(node, BIAS)) : product;
    }

    private static List<EdgeValue> parts(OnnxNode node, LoweringContext context, EdgeValue packed) {
        int hidden = packed.shape().get(2);
        if (hidden == -1) {
            throw context.refusal("open-length", "the size of its weights is open");
        }
        List<Long> sizes = node.integers("qkv_hidden_sizes")
                .filter(given -> given.size() == 3)
                .orElse(List.of(hidden / 3L, hidden / 3L, hidden / 3L));
        List<EdgeValue> parts = new ArrayList<>();
        int begin = 0;
        for (long size : sizes) {
            parts.add(context.kernels(node).slice(packed, 2, begin, Math.toIntExact(size)));
            begin += Math.toIntExact(size);
        }
        return parts;
    }

    private static EdgeValue half(Kernels kernels, EdgeValue past, int index) {
        return kernels.squeeze(kernels.slice(past, 0, index, 1), List.of(0));
    }
}
