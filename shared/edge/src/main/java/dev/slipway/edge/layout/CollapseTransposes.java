package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.OperationList;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * TRANSPOSE takes up to 6 axes: of more, those that move together become one, and those of length 1 none, while they
 * move.
 */
public final class CollapseTransposes implements GraphPass {
    private static final int MOST_AXES = 6;

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        OperationList operations = new OperationList();
        for (EdgeOperation operation : graph.operations()) {
            boolean tooMany = operation.operator() == BuiltinOperator.TRANSPOSE
                    && operation.input(0).rank() > MOST_AXES;
            if (tooMany) {
                collapse(operation, operations);
            } else {
                operations.add(operation);
            }
        }
        return new EdgeGraph(operations.operations(), graph.inputs(), graph.outputs());
    }

    private static void collapse(EdgeOperation operation, OperationList operations) {
        EdgeValue value = operation.input(0);
        EdgeValue result = operation.output();
        Permutation order = new Permutation(operation.input(1).integers());
        List<List<Integer>> groups = groups(order, value.shape());
        if (groups.size() > MOST_AXES) {
            operations.add(operation);
            return;
        }
        Kernels kernels = new Kernels(operations, result.name());
        List<Integer> sorted = IntStream.range(0, groups.size())
                .boxed()
                .sorted((a, b) -> groups.get(a).get(0) - groups.get(b).get(0))
                .toList();
        EdgeValue collapsed = kernels.reshape(
                value,
                sorted.stream()
                        .map(group -> product(kernels, value, groups.get(group)))
                        .toList());
        List<Integer> moves =
                IntStream.range(0, groups.size()).map(sorted::indexOf).boxed().toList();
        EdgeValue moved = kernels.transpose(collapsed, new Permutation(moves));
        EdgeValue shape = OperationList.isReachableByReshape(result.shape())
                ? EdgeValue.integers("shape", result.shape())
                : kernels.lengths(order.axes().stream()
                        .map(axis -> Length.of(value, axis))
                        .toList());
        operations.add(new EdgeOperation(
                BuiltinOperator.RESHAPE,
                shape.isConstant() ? new OperatorOptions.Reshape(shape.integers()) : new OperatorOptions.None(),
                List.of(moved, shape),
                List.of(result)));
    }

    /** The axes, in the order of the result, in runs that were neighbours before. */
    private static List<List<Integer>> groups(Permutation order, List<Integer> shape) {
        List<Integer> extended = IntStream.range(0, shape.size())
                .filter(axis -> shape.get(axis) != 1)
                .boxed()
                .toList();
        List<List<Integer>> groups = new ArrayList<>();
        int before = -2;
        for (int axis : order.axes()) {
            int place = extended.indexOf(axis);
            if (place == -1) {
                continue;
            }
            if (place != before + 1) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(axis);
            before = place;
        }
        return groups;
    }

    private static Length product(Kernels kernels, EdgeValue value, List<Integer> axes) {
        int known = 1;
        List<EdgeValue> open = new ArrayList<>();
        for (int axis : axes) {
            Length length = Length.of(value, axis);
            if (length instanceof Length.Fixed fixed) {
                known = Math.multiplyExact(known, fixed.value());
            } else {
                open.add(kernels.length(length));
            }
        }
        if (open.isEmpty()) {
            return Length.fixed(known);
        }
        EdgeValue product = open.stream().reduce(kernels::multiply).orElseThrow();
        return new Length.Computed(known == 1 ? product : kernels.multiply(product, known));
    }
}
