package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Einsum: operands are multiplied one after the other, and labels summed as soon as no other operand has them. */
final class EinsumLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        int count = node.inputs().size();
        EinsumEquation equation = equation(node, context);
        EinsumTerm result = term(node, context, equation, 0);
        for (int i = 1; i < count; i++) {
            Set<Integer> needed = new HashSet<>(equation.output());
            equation.inputs().subList(i + 1, count).forEach(needed::addAll);
            result = EinsumContraction.of(kernels, result, term(node, context, equation, i), needed);
        }
        result = result.summedTo(kernels, equation.output());
        if (!result.labels().containsAll(equation.output())) {
            throw context.refusal("equation", "its result has letters that no operand has");
        }
        context.define(
                node,
                context.wrapped(node, result.ordered(kernels, equation.output()).value()));
    }

    private static EinsumTerm term(OnnxNode node, LoweringContext context, EinsumEquation equation, int index) {
        return new EinsumTerm(context.input(node, index), equation.inputs().get(index)).diagonal(context.kernels(node));
    }

    private static EinsumEquation equation(OnnxNode node, LoweringContext context) {
        List<Integer> ranks = IntStream.range(0, node.inputs().size())
                .mapToObj(i -> context.facts(node, i).rank())
                .toList();
        try {
            return EinsumEquation.of(node.text("equation").orElse(""), ranks);
        } catch (IllegalArgumentException e) {
            throw context.refusal("equation", e.getMessage());
        }
    }
}
