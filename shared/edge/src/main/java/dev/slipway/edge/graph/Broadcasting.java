package dev.slipway.edge.graph;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Functions of several values at the same place, whose kernels broadcast up to some number of axes. Beyond it, axes that
 * all values broadcast alike are made one; where that is not enough, the values are stretched first.
 */
final class Broadcasting {
    private static final OperatorOptions NONE = new OperatorOptions.None();

    private final Kernels kernels;

    Broadcasting(Kernels kernels) {
        this.kernels = kernels;
    }

    EdgeValue apply(BuiltinOperator operator, OperatorOptions options, List<EdgeValue> inputs, TensorType type) {
        List<Integer> shape = List.of();
        for (EdgeValue input : inputs) {
            shape = Shapes.broadcast(shape, input.shape());
        }
        if (shape.size() <= limit(operator) || areAlike(inputs)) {
            return kernels.add(operator, options, inputs, type, shape);
        }
        Optional<List<List<Integer>>> groups = groups(inputs, shape.size());
        if (groups.isPresent() && groups.get().size() <= limit(operator)) {
            return collapsed(operator, options, inputs, type, shape, groups.get());
        }
        return stretched(operator, options, inputs, type, shape);
    }

    /** How many axes the kernel broadcasts. */
    private static int limit(BuiltinOperator operator) {
        return switch (operator) {
            case ADD, MUL -> 6;
            case SUB, DIV, MAXIMUM, MINIMUM, SELECT_V2 -> 5;
            default -> 4;
        };
    }

    private static boolean areAlike(List<EdgeValue> inputs) {
        List<Integer> shape = inputs.get(0).shape();
        return Shapes.isFixed(shape)
                && inputs.stream().allMatch(input -> input.shape().equals(shape));
    }

    /** Neighbouring axes that every value has, or lacks, together. Empty if open lengths leave that undecided. */
    private static Optional<List<List<Integer>>> groups(List<EdgeValue> inputs, int rank) {
        List<List<Integer>> groups = new ArrayList<>();
        List<Boolean> last = List.of();
        for (int axis = 0; axis < rank; axis++) {
            List<Boolean> owners = new ArrayList<>();
            List<Integer> lengths = new ArrayList<>();
            for (EdgeValue input : inputs) {
                int length = Shapes.extended(input.shape(), rank).get(axis);
                owners.add(length != 1);
                if (length != 1) {
                    lengths.add(length);
                }
            }
            if (lengths.size() > 1 && lengths.contains(-1)) {
                return Optional.empty();
            }
            boolean isNobodys = lengths.isEmpty();
            if (!groups.isEmpty() && (isNobodys || owners.equals(last))) {
                groups.get(groups.size() - 1).add(axis);
            } else {
                groups.add(new ArrayList<>(List.of(axis)));
            }
            last = isNobodys && groups.size() > 1 ? last : owners;
        }
        return Optional.of(groups);
    }

    private EdgeValue collapsed(
            BuiltinOperator operator,
            OperatorOptions options,
            List<EdgeValue> inputs,
            TensorType type,
            List<Integer> shape,
            List<List<Integer>> groups) {
        List<EdgeValue> flat =
                inputs.stream().map(input -> collapsed(input, groups)).toList();
        List<Integer> result = List.of();
        for (EdgeValue input : flat) {
            result = Shapes.broadcast(result, input.shape());
        }
        return restored(kernels.add(operator, options, flat, type, result), inputs, shape);
    }

    private EdgeValue collapsed(EdgeValue input, List<List<Integer>> groups) {
        int rank = groups.stream().mapToInt(List::size).sum();
        List<Integer> full = Shapes.extended(input.shape(), rank);
        List<Integer> shape = groups.stream()
                .map(group -> Shapes.size(group.stream().map(full::get).toList()))
                .toList();
        return OperationList.isReachableByReshape(shape)
                ? reshaped(input, shape)
                : kernels.reshapeTo(input, kernels.lengths(lengths(input, groups, shape)), shape);
    }

    private List<Length> lengths(EdgeValue input, List<List<Integer>> groups, List<Integer> shape) {
        int missing = groups.stream().mapToInt(List::size).sum() - input.rank();
        List<Length> lengths = new ArrayList<>();
        for (int group = 0; group < groups.size(); group++) {
            lengths.add(
                    shape.get(group) != -1
                            ? Length.fixed(shape.get(group))
                            : new Length.Computed(groups.get(group).stream()
                                    .filter(axis -> axis >= missing)
                                    .map(axis -> kernels.length(Length.of(input, axis - missing)))
                                    .reduce(kernels::multiply)
                                    .orElseThrow()));
        }
        return lengths;
    }

    private EdgeValue stretched(
            BuiltinOperator operator,
            OperatorOptions options,
            List<EdgeValue> inputs,
            TensorType type,
            List<Integer> shape) {
        EdgeValue lengths = lengths(inputs, shape);
        List<EdgeValue> flat = inputs.stream()
                .map(input -> kernels.reshapeTo(
                        kernels.broadcastTo(input, lengths, shape),
                        EdgeValue.integers("shape", List.of(-1)),
                        List.of(Shapes.size(shape))))
                .toList();
        return restored(kernels.add(operator, options, flat, type, flat.get(0).shape()), inputs, shape);
    }

    private EdgeValue restored(EdgeValue flat, List<EdgeValue> inputs, List<Integer> shape) {
        return OperationList.isReachableByReshape(shape) && !shape.contains(0)
                ? reshaped(flat, shape)
                : kernels.reshapeTo(flat, lengths(inputs, shape), shape);
    }

    /** What the values broadcast to, when the model runs if need be. */
    private EdgeValue lengths(List<EdgeValue> inputs, List<Integer> shape) {
        if (Shapes.isFixed(shape)) {
            return EdgeValue.integers("shape", shape);
        }
        EdgeValue lengths = kernels.shape(inputs.get(0));
        for (EdgeValue input : inputs.subList(1, inputs.size())) {
            lengths = kernels.add(
                    BuiltinOperator.BROADCAST_ARGS,
                    NONE,
                    List.of(lengths, kernels.shape(input)),
                    TensorType.INT32,
                    List.of(shape.size()));
        }
        return lengths;
    }

    private EdgeValue reshaped(EdgeValue value, List<Integer> shape) {
        return value.isConstant()
                ? value.reshaped(shape)
                : kernels.reshapeTo(value, EdgeValue.integers("shape", shape), shape);
    }
}
