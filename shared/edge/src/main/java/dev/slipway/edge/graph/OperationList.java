package dev.slipway.edge.graph;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.List;

/** Collects operations, folding what needs none. */
public final class OperationList {
    private final List<EdgeOperation> operations = new ArrayList<>();

    public EdgeValue add(BuiltinOperator operator, OperatorOptions options, List<EdgeValue> inputs, EdgeValue output) {
        operations.add(new EdgeOperation(operator, options, inputs, List.of(output)));
        return output;
    }

    public void add(EdgeOperation operation) {
        operations.add(operation);
    }

    /** Adds an operation whose result has the type of its first input. */
    public EdgeValue add(
            BuiltinOperator operator,
            OperatorOptions options,
            List<EdgeValue> inputs,
            String name,
            List<Integer> shape) {
        return add(
                operator,
                options,
                inputs,
                EdgeValue.computed(name, inputs.get(0).type(), shape));
    }

    public EdgeValue transpose(EdgeValue value, Permutation order) {
        if (order.isIdentity()) {
            return value;
        }
        if (value.isConstant()) {
            return value.transposed(order);
        }
        List<Integer> shape = order.apply(value.shape());
        if (order.keepsOrder(value.shape()) && isReachableByReshape(shape)) {
            return reshape(value, shape);
        }
        return add(
                BuiltinOperator.TRANSPOSE,
                new OperatorOptions.None(),
                List.of(value, EdgeValue.integers("order", order.axes())),
                value.name() + "/transposed",
                shape);
    }

    /** The shape may have one open length at most. */
    public EdgeValue reshape(EdgeValue value, List<Integer> shape) {
        if (value.shape().equals(shape)) {
            return value;
        }
        return value.isConstant() ? value.reshaped(shape) : copy(value, shape);
    }

    /** Reshapes even where the shape is the same, which gives the value a second name. */
    public EdgeValue copy(EdgeValue value, List<Integer> shape) {
        return add(
                BuiltinOperator.RESHAPE,
                new OperatorOptions.Reshape(shape),
                List.of(value, EdgeValue.integers("shape", shape)),
                value.name() + "/reshaped",
                shape);
    }

    /** Whether RESHAPE can make this shape: it infers one length at most. */
    public static boolean isReachableByReshape(List<Integer> shape) {
        return shape.stream().filter(length -> length == -1).count() <= 1;
    }

    public List<EdgeOperation> operations() {
        return List.copyOf(operations);
    }
}
