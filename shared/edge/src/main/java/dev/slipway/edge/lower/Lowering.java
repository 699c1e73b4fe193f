package dev.slipway.edge.lower;

import dev.slipway.onnx.OnnxNode;

/**
 * Expresses one ONNX operator by TFLite operators, exactly and in ONNX's layout: around a kernel that wants channels
 * last it puts transposes, which the layout pass moves and cancels.
 *
 * <p>What it can't express it refuses by throwing {@link LoweringContext#refusal}, before or after adding operations:
 * the graph is then dropped as a whole.
 */
@FunctionalInterface
public interface Lowering {
    void lower(OnnxNode node, LoweringContext context);
}
