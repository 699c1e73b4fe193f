package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;

/** Elements on their way through kernels that don't know every type. */
final class Moved {
    private Moved() {}

    /** As FLOAT32, INT32 or INT64, which all kernels know; truth values as 0 and 1. */
    static EdgeValue wide(OnnxNode node, int index, LoweringContext context) {
        EdgeValue value = context.input(node, index);
        return value.type() == TensorType.BOOL ? context.kernels(node).cast(value, TensorType.INT32) : value;
    }

    /** The type that {@link #wide} gives an output. */
    static TensorType wideType(OnnxNode node, LoweringContext context) {
        return switch (context.outputFacts(node, 0).type()) {
            case FLOAT32, FLOAT16, BFLOAT16, FLOAT64 -> TensorType.FLOAT32;
            case UINT32, INT64, UINT64 -> TensorType.INT64;
            default -> TensorType.INT32;
        };
    }

    /** Defines an output by what became of {@link #wide} elements. */
    static void define(OnnxNode node, LoweringContext context, int output, EdgeValue value) {
        boolean truth = context.outputFacts(node, output).type() == ElementType.BOOL;
        context.define(node, output, truth ? context.kernels(node).cast(value, TensorType.BOOL) : value);
    }

    static void define(OnnxNode node, LoweringContext context, EdgeValue value) {
        define(node, context, 0, value);
    }
}
