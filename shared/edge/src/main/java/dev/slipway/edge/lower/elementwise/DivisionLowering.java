package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.TensorType;

/** Div: DIV for floats and INT32; quotients of wider integers, for which there is no kernel, are composed. */
final class DivisionLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Term dividend = new Term(context.kernels(node), context.input(node, 0));
        Term divisor = dividend.with(context.input(node, 1));
        boolean mayOverflow = context.facts(node, 0).type() == ElementType.INT32 && !isHarmless(divisor.value());
        Term quotient;
        if (Unsigned.isWide(node, context, 0)) {
            quotient = UnsignedDivision.quotient(dividend, divisor);
        } else if (dividend.value().type() == TensorType.INT64) {
            quotient = IntegerDivision.truncated(dividend, divisor);
        } else if (mayOverflow) {
            quotient = divisor.equals(-1)
                    .choose(dividend.negated(), dividend.over(IntegerDivision.withoutMinusOne(divisor)));
        } else {
            quotient = dividend.over(divisor);
        }
        context.define(node, context.wrapped(node, quotient.value()));
    }

    private static boolean isHarmless(EdgeValue divisor) {
        return divisor.isConstant() && !divisor.integers().contains(-1);
    }
}
