package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import java.util.function.UnaryOperator;

/** Abs and Sign, which for unsigned numbers say less. */
record SignLowering(UnaryOperator<Term> signed, UnaryOperator<Term> unsigned) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Term input = new Term(context.kernels(node), context.input(node, 0));
        UnaryOperator<Term> function = isUnsigned(context.facts(node, 0).type()) ? unsigned : signed;
        context.define(node, context.wrapped(node, function.apply(input).value()));
    }

    private static boolean isUnsigned(ElementType type) {
        return switch (type) {
            case UINT8, UINT16, UINT32, UINT64 -> true;
            default -> false;
        };
    }
}
