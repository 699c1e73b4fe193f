package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;

/** Bitwise and, or and exclusive or. TFLite has the last; of it and the sum the others are made, 16 bits at a time. */
record BitwiseLowering(Function function) implements Lowering {

    /** What is done to each pair of bits. */
    enum Function {
        AND,
        OR,
        EXCLUSIVE_OR
    }

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue left = context.input(node, 0);
        EdgeValue right = context.input(node, 1);
        TensorType type = left.type();
        boolean isNarrow = type == TensorType.INT32
                && (function == Function.EXCLUSIVE_OR || context.facts(node, 0).type() != ElementType.INT32);
        if (isNarrow) {
            context.define(node, combined(new Term(kernels, left), new Term(kernels, right)));
            return;
        }
        TensorType word = function == Function.EXCLUSIVE_OR ? TensorType.INT32 : TensorType.INT16;
        int rank = Bits.rank(left, right);
        EdgeValue words = combined(
                words(kernels, Bits.extended(kernels, left, rank), word),
                words(kernels, Bits.extended(kernels, right, rank), word));
        context.define(node, Bits.joined(kernels, kernels.cast(words, word), type));
    }

    private static Term words(Kernels kernels, EdgeValue value, TensorType word) {
        return new Term(kernels, kernels.cast(Bits.words(kernels, value, word), TensorType.INT32));
    }

    /** Of numbers of 16 bits in INT32, but for exclusive or of any: a + b is twice a∧b and a⊕b together. */
    private EdgeValue combined(Term left, Term right) {
        Term differing = left.binary(BuiltinOperator.BITWISE_XOR, right);
        return switch (function) {
            case EXCLUSIVE_OR -> differing.value();
            case AND -> halved(left.plus(right).minus(differing));
            case OR -> halved(left.plus(right).plus(differing));
        };
    }

    private static EdgeValue halved(Term even) {
        return even.binary(BuiltinOperator.RIGHT_SHIFT, even.number(1)).value();
    }
}
