package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The negative logarithm of the target class' probability. The class is found by comparison instead of an index, so that
 * targets out of range, such as those to be ignored, do no harm.
 *
 * @param fromScores whether the logarithms of the probabilities are still to be made, as in SoftmaxCrossEntropyLoss
 */
record LossLowering(boolean fromScores) implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        EdgeValue target = context.input(node, 1);
        int rank = input.rank();
        EdgeValue grouped = rank > 3 ? Grouping.grouped(kernels, input, 0, 1, 2, rank) : input;
        EdgeValue classes = rank > 3 ? Grouping.grouped(kernels, target, 0, 1, rank - 1) : target;
        EdgeValue logarithms = grouped;
        if (fromScores) {
            logarithms = LastAxis.along(kernels, grouped, 1, value -> Normalisers.logSoftmax(kernels, value));
            if (context.wantsOutput(node, 1)) {
                context.define(node, 1, kernels.reshape(logarithms, Grouping.lengths(input, 0, rank)));
            }
        }
        EdgeValue hit = hits(node, kernels, logarithms, classes);
        EdgeValue zero = EdgeValue.scalar(TensorType.FLOAT32, 0);
        EdgeValue chosen =
                kernels.reduce(BuiltinOperator.SUM, kernels.select(hit, logarithms, zero), List.of(1), false);
        EdgeValue losses = kernels.unary(BuiltinOperator.NEG, chosen);
        Optional<EdgeValue> weights = Optional.empty();
        if (node.input(2).isPresent()) {
            EdgeValue perClass = Grouping.extended(
                    kernels, Grouping.along(kernels, context.input(node, 2), 1, grouped.rank()), grouped.rank());
            weights = Optional.of(kernels.select(hit, perClass, zero));
        } else if (node.integer("ignore_index").isPresent()) {
            weights = Optional.of(kernels.cast(hit, TensorType.FLOAT32));
        }
        Optional<EdgeValue> weight =
                weights.map(value -> kernels.reduce(BuiltinOperator.SUM, value, List.of(1), false));
        context.define(node, reduced(node, kernels, losses, weight, target));
    }

    /** Whether a class is the target's and is not to be ignored. */
    private static EdgeValue hits(OnnxNode node, Kernels kernels, EdgeValue logarithms, EdgeValue classes) {
        EdgeValue wanted = kernels.unsqueeze(classes, List.of(1));
        EdgeValue numbers = kernels.cast(Counting.upTo(kernels, Length.of(logarithms, 1)), classes.type());
        EdgeValue candidates =
                Grouping.extended(kernels, Grouping.along(kernels, numbers, 1, logarithms.rank()), logarithms.rank());
        EdgeValue hit = kernels.compare(BuiltinOperator.EQUAL, wanted, candidates);
        Optional<Long> ignored = node.integer("ignore_index");
        if (ignored.isEmpty()) {
            return hit;
        }
        EdgeValue counts =
                kernels.compare(BuiltinOperator.NOT_EQUAL, wanted, EdgeValue.scalar(classes.type(), ignored.get()));
        return kernels.binary(BuiltinOperator.LOGICAL_AND, hit, counts);
    }

    private static EdgeValue reduced(
            OnnxNode node, Kernels kernels, EdgeValue losses, Optional<EdgeValue> weight, EdgeValue target) {
        List<Integer> axes = IntStream.range(0, losses.rank()).boxed().toList();
        EdgeValue weighted =
                weight.map(value -> kernels.multiply(losses, value)).orElse(losses);
        String reduction = node.text("reduction").orElse("mean");
        if (reduction.equals("none")) {
            return kernels.reshape(weighted, Grouping.lengths(target, 0, target.rank()));
        } else if (reduction.equals("sum")) {
            return kernels.reduce(BuiltinOperator.SUM, weighted, axes, false);
        } else if (weight.isEmpty()) {
            return kernels.reduce(BuiltinOperator.MEAN, losses, axes, false);
        }
        return kernels.divide(
                kernels.reduce(BuiltinOperator.SUM, weighted, axes, false),
                kernels.reduce(BuiltinOperator.SUM, weight.get(), axes, false));
    }
}
