package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** The sum of the embeddings of words, positions and segments, normalised over the last axis. */
final class EmbedLayerNormalizationLowering implements Lowering {
    private static final int WORDS = 0;
    private static final int SEGMENTS = 1;
    private static final int WORD_TABLE = 2;
    private static final int POSITION_TABLE = 3;
    private static final int SEGMENT_TABLE = 4;
    private static final int SCALE = 5;
    private static final int SHIFT = 6;
    private static final int MASK = 7;
    private static final int POSITIONS = 8;
    private static final float DEFAULT_EPSILON = 1e-12f;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue words = context.input(node, WORDS);
        EdgeValue positions = node.input(POSITIONS).isPresent()
                ? context.input(node, POSITIONS)
                : Counting.upTo(kernels, Length.of(words, 1));
        EdgeValue sum = kernels.add(
                kernels.gather(context.input(node, WORD_TABLE), words, 0),
                kernels.gather(context.input(node, POSITION_TABLE), positions, 0));
        if (node.input(SEGMENTS).isPresent()) {
            sum = kernels.add(
                    sum, kernels.gather(context.input(node, SEGMENT_TABLE), context.input(node, SEGMENTS), 0));
        }
        float epsilon = node.number("epsilon").orElse(DEFAULT_EPSILON);
        LayerMoments moments = LayerMoments.of(kernels, sum, 2, true, epsilon);
        EdgeValue scaled = kernels.multiply(moments.normalised(), context.input(node, SCALE));
        context.define(node, kernels.add(scaled, context.input(node, SHIFT)));
        if (context.wantsOutput(node, 1)) {
            context.define(node, 1, used(node, context, words));
        }
        if (context.wantsOutput(node, 2)) {
            context.define(node, 2, sum);
        }
    }

    /** How many words of each sample the mask lets through; 0 without a mask. */
    private static EdgeValue used(OnnxNode node, LoweringContext context, EdgeValue words) {
        Kernels kernels = context.kernels(node);
        EdgeValue mask = node.input(MASK).isPresent()
                ? context.input(node, MASK)
                : kernels.multiply(words, EdgeValue.scalar(words.type(), 0));
        EdgeValue counted = kernels.cast(
                kernels.compare(BuiltinOperator.EQUAL, mask, EdgeValue.scalar(mask.type(), 1)), TensorType.INT32);
        return kernels.reduce(BuiltinOperator.SUM, counted, List.of(1), false);
    }
}
