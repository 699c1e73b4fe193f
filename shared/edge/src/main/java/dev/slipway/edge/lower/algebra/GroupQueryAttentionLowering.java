package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.Arrays;
import java.util.List;

/**
 * ONNX Runtime's GroupQueryAttention, in which several heads of queries share one of keys and values and no position
 * looks at later ones. How much of a past is used must be known, as nothing in the model says how it grows.
 */
final class GroupQueryAttentionLowering implements Lowering {
    private static final int PAST_KEY = 3;
    private static final int PAST_VALUE = 4;
    private static final int LAST_PLACES = 5;
    private static final int COSINES = 7;
    private static final int SINES = 8;
    private static final int FIRST_UNUSUAL_INPUT = 9;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        refuseUnusual(node, context);
        Kernels kernels = context.kernels(node);
        int heads = count(node, context, "num_heads");
        int shared = count(node, context, "kv_num_heads");
        EdgeValue given = context.input(node, 0);
        boolean packed = node.input(1).isEmpty();
        int size = given.shape().get(2) / (packed ? heads + 2 * shared : heads);
        if (given.shape().get(2) == -1) {
            throw context.refusal("open-length", "the size of its heads is open");
        }
        EdgeValue query = packed ? kernels.slice(given, 2, 0, heads * size) : given;
        EdgeValue key = packed ? kernels.slice(given, 2, heads * size, shared * size) : context.input(node, 1);
        EdgeValue value =
                packed ? kernels.slice(given, 2, (heads + shared) * size, shared * size) : context.input(node, 2);
        int past = past(node, context, given);
        query = placed(node, context, Heads.split(kernels, query, heads), past);
        key = placed(node, context, Heads.split(kernels, key, shared), past);
        value = Heads.outside(kernels, value, shared);
        if (past > 0) {
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
        attention.causal(query, key, Length.fixed(past));
        context.define(node, attention.result(query, key, value));
    }

    private static void refuseUnusual(OnnxNode node, LoweringContext context) {
        boolean inputs = false;
        for (int i = FIRST_UNUSUAL_INPUT; i < node.inputs().size(); i++) {
            inputs |= node.input(i).isPresent();
        }
        boolean attributes = node.integer("local_window_size").orElse(-1L) != -1
                || node.integer("smooth_softmax").orElse(0L) > 0
                || node.integer("qk_output").orElse(0L) != 0
                || node.integer("causal").orElse(1L) != 1
                || node.number("softcap").orElse(0f) != 0;
        if (inputs || attributes) {
            throw context.refusal(
                    "attribute", "it caps its scores, looks through a window or has a bias, positions or scales");
        }
    }

    private static int count(OnnxNode node, LoweringContext context, String attribute) {
        return Math.toIntExact(node.integer(attribute)
                .orElseThrow(() -> context.refusal("attribute", "it does not say its " + attribute)));
    }

    /** How many places come before those of the queries; all of the past must be in use. */
    private static int past(OnnxNode node, LoweringContext context, EdgeValue query) {
        int past = node.input(PAST_KEY).isEmpty()
                ? 0
                : context.facts(node, PAST_KEY).shape().get(2);
        if (past == 0) {
            return 0;
        }
        int positions = query.shape().get(1);
        boolean whole = past != -1
                && positions != -1
                && context.constant(node, LAST_PLACES)
                        .map(last -> Arrays.stream(last.longs()).allMatch(place -> place + 1 == past + positions))
                        .orElse(false);
        if (!whole) {
            throw context.refusal("past", "it has a past of which not all is known to be in use");
        }
        return past;
    }

    /** Turned by its positions, if the node does that, and with heads as an axis of their own behind the batch. */
    private static EdgeValue placed(OnnxNode node, LoweringContext context, EdgeValue value, int past) {
        Kernels kernels = context.kernels(node);
        if (node.integer("do_rotary").orElse(0L) == 0) {
            return Heads.swapped(kernels, value);
        }
        EdgeValue places = Counting.upTo(kernels, Length.of(value, 1));
        EdgeValue positions = past == 0 ? places : kernels.add(places, past);
        EdgeValue cosines = kernels.gather(context.input(node, COSINES), positions, 0);
        EdgeValue sines = kernels.gather(context.input(node, SINES), positions, 0);
        RotaryPosition rotary =
                new RotaryPosition(kernels, node.integer("rotary_interleaved").orElse(0L) != 0);
        EdgeValue turned = rotary.apply(
                value,
                kernels.unsqueeze(cosines, List.of(0, 2)),
                kernels.unsqueeze(sines, List.of(0, 2)),
                2 * cosines.shape().get(1));
        return Heads.swapped(kernels, turned);
    }
}
