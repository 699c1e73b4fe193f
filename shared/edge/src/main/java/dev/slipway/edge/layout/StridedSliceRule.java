package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.tflite.OperatorOptions.StridedSlice;

/** STRIDED_SLICE without changes of rank: its vectors and the bits of its masks are put in the order of the axes. */
final class StridedSliceRule implements LayoutRule {
    private final PerAxisRule vectors = new PerAxisRule(1, 3);

    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        StridedSlice settings = (StridedSlice) operation.options();
        boolean keepsRank =
                settings.ellipsisMask() == 0 && settings.newAxisMask() == 0 && settings.shrinkAxisMask() == 0;
        if (!keepsRank) {
            return false;
        }
        Permutation back = layouts.view(operation.input(0)).order().inverse();
        StridedSlice reordered = new StridedSlice(
                reordered(settings.beginMask(), back), reordered(settings.endMask(), back), 0, 0, 0, settings.offset());
        return vectors.apply(operation.with(reordered), layouts);
    }

    private static int reordered(int mask, Permutation order) {
        int result = 0;
        for (int axis = 0; axis < order.rank(); axis++) {
            result |= (mask >> order.source(axis) & 1) << axis;
        }
        return result;
    }
}
