package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Padding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets a convolution pad by itself where a pad before it adds just the zeros that SAME would. */
public final class FoldPads implements GraphPass {
    private static final int HEIGHT = 1;
    private static final int WIDTH = 2;

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        Map<EdgeValue, EdgeOperation> makers = new HashMap<>();
        List<EdgeOperation> operations = new ArrayList<>();
        for (EdgeOperation operation : graph.operations()) {
            EdgeOperation folded = Optional.ofNullable(
                            makers.get(operation.inputs().isEmpty() ? null : operation.input(0)))
                    .filter(maker -> maker.operator() == BuiltinOperator.PAD
                            && maker.input(1).isConstant())
                    .flatMap(pad -> folded(pad, operation))
                    .orElse(operation);
            operations.add(folded);
            folded.outputs().forEach(output -> makers.put(output, folded));
        }
        return new EdgeGraph(operations, graph.inputs(), graph.outputs());
    }

    private static Optional<EdgeOperation> folded(EdgeOperation pad, EdgeOperation operation) {
        List<Integer> amounts = pad.input(1).integers();
        List<Integer> image = pad.input(0).shape();
        List<Integer> filter =
                operation.inputs().size() > 1 ? operation.input(1).shape() : List.of();
        boolean onlySpace = image.size() == 4
                && amounts.subList(0, 2).stream().allMatch(amount -> amount == 0)
                && amounts.subList(6, 8).stream().allMatch(amount -> amount == 0);
        if (!onlySpace) {
            return Optional.empty();
        }
        OperatorOptions options = operation.options();
        boolean fits;
        OperatorOptions same;
        if (options instanceof OperatorOptions.Convolution from && from.padding() == Padding.VALID) {
            fits = isSame(image, filter, amounts, HEIGHT, from.strideHeight(), from.dilationHeight())
                    && isSame(image, filter, amounts, WIDTH, from.strideWidth(), from.dilationWidth());
            same = new OperatorOptions.Convolution(
                    Padding.SAME,
                    from.strideHeight(),
                    from.strideWidth(),
                    from.dilationHeight(),
                    from.dilationWidth(),
                    from.activation());
        } else if (options instanceof OperatorOptions.DepthwiseConvolution from && from.padding() == Padding.VALID) {
            fits = isSame(image, filter, amounts, HEIGHT, from.strideHeight(), from.dilationHeight())
                    && isSame(image, filter, amounts, WIDTH, from.strideWidth(), from.dilationWidth());
            same = new OperatorOptions.DepthwiseConvolution(
                    Padding.SAME,
                    from.strideHeight(),
                    from.strideWidth(),
                    from.dilationHeight(),
                    from.dilationWidth(),
                    from.multiplier(),
                    from.activation());
        } else {
            return Optional.empty();
        }
        if (!fits) {
            return Optional.empty();
        }
        List<EdgeValue> inputs = new ArrayList<>(operation.inputs());
        inputs.set(0, pad.input(0));
        return Optional.of(operation.with(same).with(inputs, operation.outputs()));
    }

    private static boolean isSame(
            List<Integer> image, List<Integer> filter, List<Integer> amounts, int axis, int stride, int dilation) {
        int before = amounts.get(2 * axis);
        int after = amounts.get(2 * axis + 1);
        int span = (filter.get(axis) - 1) * dilation + 1;
        int length = image.get(axis);
        if (length == -1) {
            // Whatever the length, a stride of 1 takes span - 1 zeros.
            return stride == 1 && before == (span - 1) / 2 && before + after == span - 1;
        }
        int outputs = (length + stride - 1) / stride;
        int total = Math.max((outputs - 1) * stride + span - length, 0);
        return before == total / 2 && before + after == total;
    }
}
