package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;

/** A function of the node's first input, with settings from its attributes. */
@FunctionalInterface
interface Formula {
    Term apply(Term input, OnnxNode node);

    /** The operator that the formula says. */
    static Lowering of(Formula formula) {
        return new FormulaLowering(formula);
    }

    /** Lowers an operator by a formula. */
    record FormulaLowering(Formula formula) implements Lowering {
        @Override
        public void lower(OnnxNode node, LoweringContext context) {
            Term input = new Term(context.kernels(node), context.input(node, 0));
            context.define(node, formula.apply(input, node).value());
        }
    }
}
