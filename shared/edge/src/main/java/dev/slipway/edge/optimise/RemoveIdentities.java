package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leaves out operations whose result is what another value is already: nothing moved, added, scaled or converted. */
public final class RemoveIdentities implements GraphPass {
    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        Map<EdgeValue, EdgeOperation> makers = new HashMap<>();
        Map<EdgeValue, EdgeValue> same = new HashMap<>();
        Substitution substitution = Substitution.of(same);
        List<EdgeOperation> kept = new ArrayList<>();
        for (EdgeOperation old : graph.operations()) {
            EdgeOperation operation = substitution.of(old);
            Optional<EdgeValue> equal = equal(operation, makers);
            if (equal.isPresent()) {
                same.put(operation.output(), equal.get());
            } else {
                kept.add(operation);
                operation.outputs().forEach(output -> makers.put(output, operation));
            }
        }
        return substitution.apply(new EdgeGraph(kept, graph.inputs(), graph.outputs()));
    }

    /** The value that the operation's result is equal to, if there is one. */
    private static Optional<EdgeValue> equal(EdgeOperation operation, Map<EdgeValue, EdgeOperation> makers) {
        return switch (operation.operator()) {
            case RESHAPE -> unless(operation, operation.input(0), isSameReshape(operation));
            case BROADCAST_TO, TILE, SLICE -> unless(operation, operation.input(0), isSameShape(operation));
            case TRANSPOSE ->
                unless(
                        operation,
                        operation.input(0),
                        operation.input(1).isConstant()
                                && new Permutation(operation.input(1).integers()).isIdentity());
            case PAD, PADV2, MIRROR_PAD ->
                unless(operation, operation.input(0), isAll(operation.input(1), 0) && isSameShape(operation));
            case CONCATENATION ->
                unless(operation, operation.input(0), operation.inputs().size() == 1);
            case CAST -> cast(operation, makers);
            case ADD -> neutral(operation, 0).or(() -> neutral(swapped(operation), 0));
            case MUL -> neutral(operation, 1).or(() -> neutral(swapped(operation), 1));
            case SUB -> neutral(operation, 0);
            case DIV -> neutral(operation, 1);
            default -> Optional.empty();
        };
    }

    private static Optional<EdgeValue> unless(EdgeOperation operation, EdgeValue value, boolean same) {
        return same && value.type() == operation.output().type() ? Optional.of(value) : Optional.empty();
    }

    /** With as many elements, a single open length is the same too. */
    private static boolean isSameReshape(EdgeOperation operation) {
        List<Integer> shape = operation.output().shape();
        return shape.equals(operation.input(0).shape())
                && !shape.contains(0)
                && shape.stream().filter(length -> length == -1).count() <= 1;
    }

    private static boolean isSameShape(EdgeOperation operation) {
        List<Integer> shape = operation.output().shape();
        return Shapes.isFixed(shape) && shape.equals(operation.input(0).shape());
    }

    /** A cast to the same type, or back to the type before a cast that lost nothing. */
    private static Optional<EdgeValue> cast(EdgeOperation operation, Map<EdgeValue, EdgeOperation> makers) {
        EdgeValue from = operation.input(0);
        TensorType to = operation.output().type();
        if (from.type() == to) {
            return Optional.of(from);
        }
        return Optional.ofNullable(makers.get(from))
                .filter(maker -> maker.operator() == operation.operator())
                .map(maker -> maker.input(0))
                .filter(origin -> origin.type() == to && isLossless(to, from.type()));
    }

    private static boolean isLossless(TensorType from, TensorType to) {
        return switch (from) {
            case BOOL -> to != TensorType.BOOL;
            case INT8 ->
                to == TensorType.INT16 || to == TensorType.INT32 || to == TensorType.INT64 || to == TensorType.FLOAT32;
            case UINT8 ->
                to == TensorType.INT16 || to == TensorType.INT32 || to == TensorType.INT64 || to == TensorType.FLOAT32;
            case INT16, UINT16 -> to == TensorType.INT32 || to == TensorType.INT64 || to == TensorType.FLOAT32;
            case INT32, UINT32 -> to == TensorType.INT64;
            default -> false;
        };
    }

    /** Arithmetic with a constant that changes nothing. */
    private static Optional<EdgeValue> neutral(EdgeOperation operation, int number) {
        EdgeValue value = operation.input(0);
        EdgeValue constant = operation.input(1);
        boolean plain = operation.options() instanceof OperatorOptions.Activated options
                && options.activation() == Activation.NONE;
        boolean keepsShape = value.shape().equals(operation.output().shape())
                && Shapes.broadcast(value.shape(), constant.shape()).equals(value.shape())
                && (Shapes.isFixed(value.shape()) || Shapes.size(constant.shape()) == 1);
        return unless(operation, value, plain && keepsShape && isAll(constant, number));
    }

    private static EdgeOperation swapped(EdgeOperation operation) {
        return operation.with(List.of(operation.input(1), operation.input(0)), operation.outputs());
    }

    private static boolean isAll(EdgeValue constant, int number) {
        if (!constant.isConstant()) {
            return false;
        }
        return switch (constant.type()) {
            case FLOAT32 -> {
                for (float element : constant.floats()) {
                    // A negative zero added changes nothing, a positive one makes -0 to 0: equal as numbers.
                    if (element != number) {
                        yield false;
                    }
                }
                yield true;
            }
            case INT32, INT64 -> {
                EdgeValue wide = constant.cast(TensorType.INT64);
                ByteBuffer data = wide.data().orElseThrow();
                while (data.hasRemaining()) {
                    if (data.getLong() != number) {
                        yield false;
                    }
                }
                yield true;
            }
            default -> false;
        };
    }
}
