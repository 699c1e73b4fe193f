package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;

/** Mod: of integers with the divisor's sign or, with {@code fmod}, of any numbers with the dividend's. */
final class RemainderLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Term dividend = new Term(context.kernels(node), context.input(node, 0));
        Term divisor = dividend.with(context.input(node, 1));
        boolean keepsDividendsSign = node.integer("fmod").orElse(0L) != 0;
        Term remainder;
        if (Unsigned.isWide(node, context, 0)) {
            remainder = UnsignedDivision.remainder(dividend, divisor);
        } else if (dividend.value().type() == TensorType.FLOAT32) {
            // FLOOR_MOD of floats is exact, and of positive numbers the same as fmod.
            Term magnitude = dividend.magnitude().binary(BuiltinOperator.FLOOR_MOD, divisor.magnitude());
            remainder = dividend.isLess(0).choose(magnitude.negated(), magnitude);
        } else if (keepsDividendsSign) {
            remainder = IntegerDivision.truncatedRemainder(dividend, divisor);
        } else {
            remainder = IntegerDivision.flooredRemainder(dividend, divisor);
        }
        context.define(node, context.wrapped(node, remainder.value()));
    }
}
