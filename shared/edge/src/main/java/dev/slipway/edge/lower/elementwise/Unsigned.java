package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;

/** UINT64, of which INT64 holds the bits: sums, differences and products are the same, the order is not. */
final class Unsigned {
    private static final double HALF = Long.MIN_VALUE;

    private Unsigned() {}

    /** The input as a value that INT64 orders as its own type does. */
    static EdgeValue ordered(OnnxNode node, LoweringContext context, int index) {
        EdgeValue value = context.input(node, index);
        return isWide(node, context, index) ? shifted(context.kernels(node), value) : value;
    }

    /** An ordered value of the input's type back as its bits. */
    static EdgeValue bits(OnnxNode node, LoweringContext context, EdgeValue ordered) {
        return isWide(node, context, 0) ? shifted(context.kernels(node), ordered) : ordered;
    }

    static boolean isWide(OnnxNode node, LoweringContext context, int index) {
        return context.facts(node, index).type() == ElementType.UINT64;
    }

    /** Adding half the range, which wraps around, is its own inverse. */
    private static EdgeValue shifted(Kernels kernels, EdgeValue value) {
        return kernels.add(value, HALF);
    }
}
