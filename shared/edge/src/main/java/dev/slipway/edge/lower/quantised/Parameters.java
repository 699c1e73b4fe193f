package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Scales and zero points, which an operator takes as inputs, as FLOAT32 values that broadcast with what they belong to. */
final class Parameters {
    private final OnnxNode node;
    private final LoweringContext context;
    private final Kernels kernels;

    Parameters(OnnxNode node, LoweringContext context) {
        this.node = node;
        this.context = context;
        this.kernels = context.kernels(node);
    }

    /** One for the whole tensor; 0 if it was left out. */
    EdgeValue scalar(int input) {
        if (node.input(input).isEmpty()) {
            return EdgeValue.scalar(TensorType.FLOAT32, 0);
        }
        EdgeValue value = context.floats(node, input);
        if (Shapes.size(value.shape()) != 1) {
            throw context.refusal("quantised-axis", "its input " + input + " must be a scalar");
        }
        return kernels.reshape(value, List.of());
    }

    /** One for all, or one for each place of an axis of values of this rank; 0 if it was left out. */
    EdgeValue alongAxis(int input, int axis, int rank) {
        if (node.input(input).isEmpty()) {
            return EdgeValue.scalar(TensorType.FLOAT32, 0);
        }
        EdgeValue value = context.floats(node, input);
        if (Shapes.size(value.shape()) == 1) {
            return kernels.reshape(value, List.of());
        }
        if (value.rank() != 1) {
            return value;
        }
        List<Length> lengths = new ArrayList<>(Collections.nCopies(rank - axis, Length.fixed(1)));
        lengths.set(0, Length.of(value, 0));
        return kernels.reshape(value, lengths);
    }

    /** One for every {@code block} places of an axis of this length. */
    EdgeValue inBlocks(int input, int axis, int block, int length) {
        if (node.input(input).isEmpty()) {
            return EdgeValue.scalar(TensorType.FLOAT32, 0);
        }
        if (length == -1) {
            throw context.refusal("open-length", "the axis that it quantises in blocks has an open length; fix it");
        }
        List<Integer> places =
                IntStream.range(0, length).map(place -> place / block).boxed().toList();
        EdgeValue value = context.floats(node, input);
        return value.isConstant()
                ? repeated(value, axis, places)
                : kernels.gather(value, EdgeValue.integers("blocks", places), axis);
    }

    private static EdgeValue repeated(EdgeValue value, int axis, List<Integer> places) {
        float[] from = value.floats();
        int inner = Shapes.size(value.shape().subList(axis + 1, value.rank()));
        int outer = Shapes.size(value.shape().subList(0, axis));
        int blocks = value.shape().get(axis);
        float[] to = new float[outer * places.size() * inner];
        for (int i = 0; i < to.length; i++) {
            int place = places.get(i / inner % places.size());
            to[i] = from[(i / inner / places.size() * blocks + place) * inner + i % inner];
        }
        return EdgeValue.floats(value.name(), Shapes.with(value.shape(), axis, places.size()), to);
    }
}
