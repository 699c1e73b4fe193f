package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** ONNX's Attention: scores, capped, biased by masks and made shares of, weigh the values. */
final class AttentionLowering implements Lowering {
    private static final int MASK = 3;
    private static final int PAST_KEY = 4;
    private static final int PAST_VALUE = 5;
    private static final int USED = 6;
    private static final int PRESENT_KEY = 1;
    private static final int PRESENT_VALUE = 2;
    private static final int SCORES = 3;
    private static final double HIDDEN = Double.NEGATIVE_INFINITY;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        AttentionCore core = new AttentionCore(kernels);
        boolean headsInside = context.facts(node, 0).rank() == 3;
        EdgeValue query = operand(node, context, 0, "q_num_heads");
        EdgeValue key = withPast(node, context, operand(node, context, 1, "kv_num_heads"), PAST_KEY, PRESENT_KEY);
        EdgeValue value = withPast(node, context, operand(node, context, 2, "kv_num_heads"), PAST_VALUE, PRESENT_VALUE);
        if (query.shape().get(1) == -1 || key.shape().get(1) == -1) {
            throw context.refusal("open-length", "the number of its heads is open");
        }
        double scale = node.number("scale")
                .map(Double::valueOf)
                .orElse(1 / Math.sqrt(query.shape().get(3)));
        List<EdgeValue> stages = new ArrayList<>();
        EdgeValue scores = core.scores(query, key, scale);
        stages.add(scores);
        float cap = node.number("softcap").orElse(0f);
        if (cap > 0) {
            // Before the mask, or the cap would bring what is hidden back.
            scores = kernels.multiply(kernels.unary(BuiltinOperator.TANH, kernels.multiply(scores, 1.0 / cap)), cap);
        }
        stages.add(scores);
        Optional<EdgeValue> bias = bias(node, context, core, query, key);
        scores = bias.isPresent() ? kernels.add(scores, bias.get()) : scores;
        stages.add(scores);
        EdgeValue weights = Normalisers.softmax(kernels, scores);
        stages.add(weights);
        if (context.wantsOutput(node, SCORES)) {
            int mode = Math.toIntExact(node.integer("qk_matmul_output_mode").orElse(0L));
            context.define(node, SCORES, stages.get(mode));
        }
        EdgeValue result = core.weighted(weights, value);
        context.define(node, headsInside ? Heads.inside(kernels, result) : result);
    }

    private static EdgeValue operand(OnnxNode node, LoweringContext context, int index, String heads) {
        EdgeValue given = context.input(node, index);
        if (given.rank() == 4) {
            return given;
        }
        long count =
                node.integer(heads).orElseThrow(() -> context.refusal("attribute", "it does not say its " + heads));
        return Heads.outside(context.kernels(node), given, Math.toIntExact(count));
    }

    private static EdgeValue withPast(
            OnnxNode node, LoweringContext context, EdgeValue current, int past, int present) {
        EdgeValue whole = node.input(past).isEmpty()
                ? current
                : context.kernels(node).concatenate(List.of(context.input(node, past), current), 2);
        if (context.wantsOutput(node, present)) {
            context.define(node, present, whole);
        }
        return whole;
    }

    /** What masks add to the scores, if there are any. */
    private static Optional<EdgeValue> bias(
            OnnxNode node, LoweringContext context, AttentionCore core, EdgeValue query, EdgeValue key) {
        Kernels kernels = context.kernels(node);
        Length keyPositions = Length.of(key, 2);
        List<EdgeValue> parts = new ArrayList<>();
        if (node.input(MASK).isPresent()) {
            EdgeValue mask = context.input(node, MASK);
            EdgeValue addend = mask.type() == TensorType.BOOL ? core.bias(mask, HIDDEN) : mask;
            parts.add(padded(kernels, addend, key.shape().get(2)));
        }
        if (node.integer("is_causal").orElse(0L) != 0) {
            Length past =
                    node.input(PAST_KEY).isEmpty() ? Length.fixed(0) : Length.of(context.input(node, PAST_KEY), 2);
            parts.add(core.causal(Length.of(query, 2), keyPositions, past, HIDDEN));
        }
        if (node.input(USED).isPresent()) {
            parts.add(core.filled(context.input(node, USED), keyPositions, HIDDEN));
        }
        return parts.stream().reduce(kernels::add);
    }

    /** Key positions that the mask does not reach are hidden. */
    private static EdgeValue padded(Kernels kernels, EdgeValue mask, int keyPositions) {
        int last = mask.rank() - 1;
        int own = mask.shape().get(last);
        if (own == -1 || own >= keyPositions) {
            return mask;
        }
        List<Integer> before = Collections.nCopies(mask.rank(), 0);
        List<Integer> after = new ArrayList<>(before);
        after.set(last, keyPositions - own);
        return kernels.pad(mask, before, after, HIDDEN);
    }
}
