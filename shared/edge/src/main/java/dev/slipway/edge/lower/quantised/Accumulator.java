package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** Exact sums: FLOAT32 where one part holds them, otherwise parts added as INT32, which wraps around as ONNX's does. */
record Accumulator(EdgeValue value) {

    static Accumulator of(Kernels kernels, List<EdgeValue> parts) {
        if (parts.size() == 1) {
            return new Accumulator(parts.get(0));
        }
        EdgeValue sum = kernels.cast(parts.get(0), TensorType.INT32);
        for (EdgeValue part : parts.subList(1, parts.size())) {
            sum = kernels.add(sum, kernels.cast(part, TensorType.INT32));
        }
        return new Accumulator(sum);
    }

    /** With INT32 addends. */
    Accumulator plus(Kernels kernels, EdgeValue integers) {
        return new Accumulator(kernels.add(kernels.cast(value, TensorType.INT32), integers));
    }

    /** Rounded to FLOAT32, if it is not already. */
    EdgeValue floats(Kernels kernels) {
        return kernels.cast(value, TensorType.FLOAT32);
    }

    /** As the node's first output, which is INT32. */
    void define(OnnxNode node, LoweringContext context) {
        if (value.type() == TensorType.FLOAT32) {
            context.defineFloats(node, 0, value);
        } else {
            context.define(node, value);
        }
    }

    /** Multiplied, rounded and saturated to the type of the node's first output. */
    void requantise(OnnxNode node, LoweringContext context, EdgeValue factor, EdgeValue zeroPoint) {
        Kernels kernels = context.kernels(node);
        QuantisedType type = QuantisedType.of(context.outputFacts(node, 0).type(), context);
        EdgeValue scaled = kernels.multiply(floats(kernels), factor);
        context.defineFloats(node, 0, type.rounded(kernels, scaled, zeroPoint));
    }
}
