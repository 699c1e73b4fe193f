package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Unique: of elements by UNIQUE, of slices along an axis by comparing each with each. */
final class UniqueLowering implements Lowering {
    private final boolean alwaysUnsorted;

    UniqueLowering(boolean alwaysUnsorted) {
        this.alwaysUnsorted = alwaysUnsorted;
    }

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue value = Moved.wide(node, 0, context);
        boolean sorted = !alwaysUnsorted && node.integer("sorted").orElse(1L) == 1;
        UniqueRows rows;
        if (node.integer("axis").isPresent()) {
            int axis = context.axis(node.integer("axis").orElseThrow(), value.rank());
            rows = new RowComparison(kernels).of(value, axis, sorted);
            Moved.define(node, context, kernels.gather(value, rows.firsts(), axis));
        } else {
            EdgeValue flat = kernels.reshape(value, List.of(Length.fixed(-1)));
            rows = new UniqueElements(kernels).of(flat, sorted);
            Moved.define(node, context, kernels.gather(flat, rows.firsts(), 0));
        }
        // The contributed operator gives no first places, so its others come one earlier.
        List<EdgeValue> rest = alwaysUnsorted
                ? List.of(rows.inverse(), rows.counts(kernels))
                : List.of(rows.firsts(), rows.inverse(), rows.counts(kernels));
        for (int i = 0; i < rest.size(); i++) {
            if (context.wantsOutput(node, i + 1)) {
                context.define(node, i + 1, kernels.cast(rest.get(i), TensorType.INT64));
            }
        }
    }
}
