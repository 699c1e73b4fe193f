package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** CumProd: products of twice as many places in each step, as TFLite has no kernel for it. */
final class CumulativeProductLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = context.input(node, 0);
        long given = context.constant(node, 1).orElseThrow().longs()[0];
        int axis = context.axis(given, value.rank());
        int length = value.shape().get(axis);
        if (length == -1) {
            throw context.refusal("open-length", "it multiplies along an axis of open length; fix the input's shape");
        }
        boolean reverse = node.integer("reverse").orElse(0L) != 0;
        EdgeValue product =
                node.integer("exclusive").orElse(0L) != 0 ? shifted(kernels, value, axis, 1, reverse) : value;
        for (int step = 1; step < length; step *= 2) {
            product = kernels.multiply(product, shifted(kernels, product, axis, step, reverse));
        }
        context.define(node, context.wrapped(node, product));
    }

    /** Moved along the axis, with ones for what comes in. */
    private static EdgeValue shifted(Kernels kernels, EdgeValue value, int axis, int places, boolean back) {
        int length = value.shape().get(axis);
        int moved = Math.min(places, length);
        EdgeValue kept = kernels.slice(value, axis, back ? moved : 0, length - moved);
        List<Integer> none = Collections.nCopies(value.rank(), 0);
        List<Integer> some = new ArrayList<>(none);
        some.set(axis, moved);
        return kernels.pad(kept, back ? none : some, back ? some : none, 1);
    }
}
