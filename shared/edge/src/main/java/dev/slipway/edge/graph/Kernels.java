package dev.slipway.edge.graph;

import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * TFLite's kernels as methods: each adds an operation and gives its result with the right type and shape. What needs no
 * operation (a reshape to the same shape, a cast of a constant) adds none.
 *
 * <p>Axes count from 0. Kernels take what TFLite's take: casting to a type that a kernel has is the caller's part.
 */
public final class Kernels {
    private static final OperatorOptions NONE = new OperatorOptions.None();
    private static final OperatorOptions PLAIN = new OperatorOptions.Arithmetic(Activation.NONE);

    private final OperationList operations;
    private final String scope;

    /** Names of new values begin with {@code scope}. */
    public Kernels(OperationList operations, String scope) {
        this.operations = operations;
        this.scope = scope;
    }

    /** Adds any operation with one result. */
    public EdgeValue add(
            BuiltinOperator operator,
            OperatorOptions options,
            List<EdgeValue> inputs,
            TensorType type,
            List<Integer> shape) {
        return operations.add(operator, options, inputs, EdgeValue.computed(name(operator), type, shape));
    }

    /** Adds any operation with several results. */
    public List<EdgeValue> add(
            BuiltinOperator operator, OperatorOptions options, List<EdgeValue> inputs, List<EdgeValue> outputs) {
        operations.add(new EdgeOperation(operator, options, inputs, outputs));
        return outputs;
    }

    /** A new value for a result of {@link #add(BuiltinOperator, OperatorOptions, List, List)}. */
    public EdgeValue result(BuiltinOperator operator, TensorType type, List<Integer> shape) {
        return EdgeValue.computed(name(operator), type, shape);
    }

    // Elementwise

    public EdgeValue add(EdgeValue left, EdgeValue right) {
        return binary(BuiltinOperator.ADD, PLAIN, left, right);
    }

    public EdgeValue subtract(EdgeValue left, EdgeValue right) {
        return binary(BuiltinOperator.SUB, PLAIN, left, right);
    }

    public EdgeValue multiply(EdgeValue left, EdgeValue right) {
        return binary(BuiltinOperator.MUL, PLAIN, left, right);
    }

    public EdgeValue divide(EdgeValue left, EdgeValue right) {
        return binary(BuiltinOperator.DIV, PLAIN, left, right);
    }

    /** With a number of the value's type. */
    public EdgeValue add(EdgeValue value, double number) {
        return add(value, EdgeValue.scalar(value.type(), number));
    }

    /** By a number of the value's type. */
    public EdgeValue multiply(EdgeValue value, double number) {
        return multiply(value, EdgeValue.scalar(value.type(), number));
    }

    public EdgeValue maximum(EdgeValue left, EdgeValue right) {
        return binary(BuiltinOperator.MAXIMUM, NONE, left, right);
    }

    public EdgeValue minimum(EdgeValue left, EdgeValue right) {
        return binary(BuiltinOperator.MINIMUM, NONE, left, right);
    }

    /** A function of two broadcast values whose result has their type, without settings: POW, FLOOR_MOD, LOGICAL_AND… */
    public EdgeValue binary(BuiltinOperator operator, EdgeValue left, EdgeValue right) {
        return binary(operator, NONE, left, right);
    }

    /** EQUAL, LESS and their like: the result is BOOL. */
    public EdgeValue compare(BuiltinOperator operator, EdgeValue left, EdgeValue right) {
        return new Broadcasting(this).apply(operator, NONE, List.of(left, right), TensorType.BOOL);
    }

    /** A function of one value that keeps type and shape, without settings. */
    public EdgeValue unary(BuiltinOperator operator, EdgeValue value) {
        return add(operator, NONE, List.of(value), value.type(), value.shape());
    }

    /** {@code then} where the condition holds, else {@code otherwise}; all three broadcast. */
    public EdgeValue select(EdgeValue condition, EdgeValue then, EdgeValue otherwise) {
        return new Broadcasting(this)
                .apply(BuiltinOperator.SELECT_V2, NONE, List.of(condition, then, otherwise), then.type());
    }

    public EdgeValue cast(EdgeValue value, TensorType type) {
        if (value.type() == type || value.isConstant()) {
            return value.cast(type);
        }
        // CAST does not know UINT64, of which INT64 holds the bits.
        if (value.type() == TensorType.UINT64) {
            return cast(sameBits(value, TensorType.INT64), type);
        } else if (type == TensorType.UINT64) {
            return sameBits(cast(value, TensorType.INT64), type);
        }
        return add(
                BuiltinOperator.CAST,
                new OperatorOptions.Cast(value.type(), type),
                List.of(value),
                type,
                value.shape());
    }

    // Reductions

    /** SUM, MEAN, REDUCE_MAX and their like. */
    public EdgeValue reduce(BuiltinOperator operator, EdgeValue value, List<Integer> axes, boolean keepAxes) {
        List<Integer> shape = new ArrayList<>(value.shape());
        axes.forEach(axis -> shape.set(axis, 1));
        // Reduced axes are always kept, so that layouts stay tractable; a reshape drops them.
        EdgeValue kept = axes.isEmpty()
                ? value
                : add(
                        operator,
                        new OperatorOptions.Reduction(true),
                        List.of(value, EdgeValue.integers("axes", axes)),
                        value.type(),
                        shape);
        return keepAxes ? kept : squeeze(kept, axes);
    }

    // Shapes

    /** Without these axes, which have length 1. */
    public EdgeValue squeeze(EdgeValue value, List<Integer> axes) {
        List<Length> lengths = IntStream.range(0, value.rank())
                .filter(axis -> !axes.contains(axis))
                .mapToObj(axis -> Length.of(value, axis))
                .toList();
        return reshape(value, lengths);
    }

    /** With axes of length 1 at these places of the result. */
    public EdgeValue unsqueeze(EdgeValue value, List<Integer> axes) {
        List<Length> lengths = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < value.rank() + axes.size(); axis++) {
            lengths.add(axes.contains(axis) ? Length.fixed(1) : Length.of(value, next++));
        }
        return reshape(value, lengths);
    }

    /** The lengths of the value's axes, INT32, as a vector: a constant if they are known. */
    public EdgeValue shape(EdgeValue value) {
        if (Shapes.isFixed(value.shape())) {
            return EdgeValue.integers("shape", value.shape());
        }
        return add(
                BuiltinOperator.SHAPE,
                new OperatorOptions.Shape(TensorType.INT32),
                List.of(value),
                TensorType.INT32,
                List.of(value.rank()));
    }

    /** The length as an INT32 scalar. */
    public EdgeValue length(Length length) {
        if (length instanceof Length.Fixed fixed) {
            return EdgeValue.scalar(TensorType.INT32, fixed.value());
        } else if (length instanceof Length.Of of) {
            return gather(shape(of.value()), EdgeValue.scalar(TensorType.INT32, of.axis()), 0);
        }
        return ((Length.Computed) length).scalar();
    }

    /** A shape as an INT32 vector, a constant if all lengths are fixed. */
    public EdgeValue lengths(List<Length> lengths) {
        List<Integer> known = known(lengths);
        return Shapes.isFixed(known)
                ? EdgeValue.integers("shape", known)
                : pack(lengths.stream().map(this::length).toList(), 0);
    }

    /** The lengths as numbers, -1 where they are not fixed. */
    public static List<Integer> known(List<Length> lengths) {
        return lengths.stream()
                .map(length -> length instanceof Length.Fixed fixed ? fixed.value() : -1)
                .toList();
    }

    /**
     * In another shape of as many elements; computed when the model runs if several lengths are not fixed. One length
     * may be a fixed -1: it is what the others leave.
     */
    public EdgeValue reshape(EdgeValue value, List<Length> lengths) {
        List<Integer> shape = Shapes.inferred(known(lengths), value.shape());
        if (isUnchanged(value, lengths)) {
            return value;
        }
        if (OperationList.isReachableByReshape(shape) && !(shape.contains(0) && shape.contains(-1))) {
            return value.isConstant()
                    ? value.reshaped(shape)
                    : reshapeTo(value, EdgeValue.integers("shape", shape), shape);
        }
        return reshapeTo(value, lengths(lengths), shape);
    }

    /** RESHAPE by a vector of lengths; {@code shape} is what is known of the result. */
    public EdgeValue reshapeTo(EdgeValue value, EdgeValue lengths, List<Integer> shape) {
        OperatorOptions options = lengths.isConstant() ? new OperatorOptions.Reshape(lengths.integers()) : NONE;
        return add(BuiltinOperator.RESHAPE, options, List.of(value, lengths), value.type(), shape);
    }

    public EdgeValue transpose(EdgeValue value, Permutation order) {
        // Left to the layout pass even if it could be a reshape: only transposes cancel.
        if (order.isIdentity() || value.isConstant()) {
            return operations.transpose(value, order);
        }
        return add(
                BuiltinOperator.TRANSPOSE,
                NONE,
                List.of(value, EdgeValue.integers("order", order.axes())),
                value.type(),
                order.apply(value.shape()));
    }

    /** The operation by which a value with its axes in this order is the result. */
    public static EdgeOperation transposition(EdgeValue value, Permutation order, EdgeValue result) {
        return new EdgeOperation(
                BuiltinOperator.TRANSPOSE,
                NONE,
                List.of(value, EdgeValue.integers("order", order.axes())),
                List.of(result));
    }

    /** The shape must be at least the value's in every axis; {@code known} is what is known of it. */
    public EdgeValue broadcastTo(EdgeValue value, EdgeValue lengths, List<Integer> known) {
        return value.shape().equals(known) && Shapes.isFixed(known)
                ? value
                : add(BuiltinOperator.BROADCAST_TO, NONE, List.of(value, lengths), value.type(), known);
    }

    // Parts

    /** SLICE with constant begins and sizes; a size of -1 is all that is left. */
    public EdgeValue slice(EdgeValue value, List<Integer> begins, List<Integer> sizes) {
        List<Integer> shape = new ArrayList<>();
        for (int axis = 0; axis < value.rank(); axis++) {
            int length = value.shape().get(axis);
            int size = sizes.get(axis);
            shape.add(size != -1 ? size : length == -1 ? -1 : length - begins.get(axis));
        }
        return add(
                BuiltinOperator.SLICE,
                NONE,
                List.of(value, EdgeValue.integers("begin", begins), EdgeValue.integers("size", sizes)),
                value.type(),
                shape);
    }

    /** From {@code begin}, {@code size} elements along one axis, -1 being all that is left. */
    public EdgeValue slice(EdgeValue value, int axis, int begin, int size) {
        if (value.isConstant()) {
            return value.part(axis, begin, size == -1 ? value.shape().get(axis) - begin : size);
        }
        List<Integer> begins = new ArrayList<>(java.util.Collections.nCopies(value.rank(), 0));
        List<Integer> sizes = new ArrayList<>(java.util.Collections.nCopies(value.rank(), -1));
        begins.set(axis, begin);
        sizes.set(axis, size);
        return slice(value, begins, sizes);
    }

    /** GATHER: {@code indices} (INT32 or INT64, none negative) stand in for the axis. */
    public EdgeValue gather(EdgeValue value, EdgeValue indices, int axis) {
        List<Integer> shape = new ArrayList<>(value.shape().subList(0, axis));
        shape.addAll(indices.shape());
        shape.addAll(value.shape().subList(axis + 1, value.rank()));
        return add(
                BuiltinOperator.GATHER,
                new OperatorOptions.Gather(axis, 0),
                List.of(value, indices),
                value.type(),
                shape);
    }

    public EdgeValue concatenate(List<EdgeValue> values, int axis) {
        if (values.size() == 1) {
            return values.get(0);
        }
        int length = 0;
        for (EdgeValue value : values) {
            int part = value.shape().get(axis);
            length = part == -1 || length == -1 ? -1 : length + part;
        }
        // A length that one part leaves open is known if another part knows it.
        List<Integer> shape = values.get(0).shape();
        for (EdgeValue value : values) {
            shape = Shapes.broadcast(shape, value.shape());
        }
        return add(
                BuiltinOperator.CONCATENATION,
                new OperatorOptions.Concatenation(axis),
                values,
                values.get(0).type(),
                Shapes.with(shape, axis, length));
    }

    /** Values of one shape side by side along a new axis. */
    public EdgeValue pack(List<EdgeValue> values, int axis) {
        List<Integer> shape = new ArrayList<>(values.get(0).shape());
        shape.add(axis, values.size());
        return add(
                BuiltinOperator.PACK,
                new OperatorOptions.Pack(values.size(), axis),
                values,
                values.get(0).type(),
                shape);
    }

    /** Pads with a number of the value's type; {@code before} and {@code after} have an amount for every axis. */
    public EdgeValue pad(EdgeValue value, List<Integer> before, List<Integer> after, double filler) {
        return pad(value, before, after, EdgeValue.scalar(value.type(), filler));
    }

    /** Pads with a scalar of the value's type; {@code before} and {@code after} have an amount for every axis. */
    public EdgeValue pad(EdgeValue value, List<Integer> before, List<Integer> after, EdgeValue filler) {
        List<Integer> amounts = new ArrayList<>();
        List<Integer> shape = new ArrayList<>();
        for (int axis = 0; axis < value.rank(); axis++) {
            int length = value.shape().get(axis);
            amounts.add(before.get(axis));
            amounts.add(after.get(axis));
            shape.add(length == -1 ? -1 : length + before.get(axis) + after.get(axis));
        }
        return amounts.stream().allMatch(amount -> amount == 0)
                ? value
                : pad(value, EdgeValue.integers("paddings", List.of(value.rank(), 2), amounts), filler, shape);
    }

    /** Pads with a scalar by amounts that may be computed, two for each axis; {@code shape} is what is known of the result. */
    public EdgeValue pad(EdgeValue value, EdgeValue amounts, EdgeValue filler, List<Integer> shape) {
        boolean zero = filler.isConstant() && isZero(filler.data().orElseThrow());
        return zero
                ? add(BuiltinOperator.PAD, NONE, List.of(value, amounts), value.type(), shape)
                : add(BuiltinOperator.PADV2, NONE, List.of(value, amounts, filler), value.type(), shape);
    }

    private static boolean isZero(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                return false;
            }
        }
        return true;
    }

    /** The product of matrices in the last two axes, the others broadcast. */
    public EdgeValue multiplyMatrices(EdgeValue left, EdgeValue right, boolean transposeLeft, boolean transposeRight) {
        int rank = Math.max(left.rank(), right.rank());
        List<Integer> a = left.shape();
        List<Integer> b = right.shape();
        List<Integer> shape = new ArrayList<>(Shapes.broadcast(a.subList(0, a.size() - 2), b.subList(0, b.size() - 2)));
        shape.add(a.get(a.size() - (transposeLeft ? 1 : 2)));
        shape.add(b.get(b.size() - (transposeRight ? 2 : 1)));
        return add(
                BuiltinOperator.BATCH_MATMUL,
                new OperatorOptions.BatchMatMul(transposeLeft, transposeRight),
                List.of(left, right),
                left.type(),
                shape.subList(shape.size() - rank, shape.size()));
    }

    // Control flow

    /** Where the operations go. */
    public OperationList operations() {
        return operations;
    }

    /** A part for the kernels of a graph of its own, such as a loop's body, with names like those of this one's values. */
    public Kernels inBody(OperationList body) {
        return new Kernels(body, scope);
    }

    /** WHILE: as long as {@code condition}, which gives a BOOL scalar, holds, {@code body} makes the next values. */
    public List<EdgeValue> loop(List<EdgeValue> initial, EdgeGraph condition, EdgeGraph body) {
        List<EdgeValue> results = List.copyOf(body.outputs().values()).stream()
                .map(value -> result(BuiltinOperator.WHILE, value.type(), value.shape()))
                .toList();
        operations.add(new EdgeOperation(BuiltinOperator.WHILE, NONE, initial, results, List.of(condition, body)));
        return results;
    }

    /** IF: what the one graph makes of the values, or the other, whose results have these types and shapes. */
    public List<EdgeValue> branch(
            EdgeValue condition, List<EdgeValue> values, EdgeGraph then, EdgeGraph otherwise, List<EdgeValue> results) {
        List<EdgeValue> inputs = new ArrayList<>(List.of(condition));
        inputs.addAll(values);
        operations.add(new EdgeOperation(BuiltinOperator.IF, NONE, inputs, results, List.of(then, otherwise)));
        return results;
    }

    private EdgeValue binary(BuiltinOperator operator, OperatorOptions options, EdgeValue left, EdgeValue right) {
        return new Broadcasting(this).apply(operator, options, List.of(left, right), left.type());
    }

    private EdgeValue sameBits(EdgeValue value, TensorType type) {
        return add(BuiltinOperator.BITCAST, NONE, List.of(value), type, value.shape());
    }

    private static boolean isUnchanged(EdgeValue value, List<Length> lengths) {
        if (lengths.size() != value.rank()) {
            return false;
        }
        for (int axis = 0; axis < lengths.size(); axis++) {
            if (!lengths.get(axis).equals(Length.of(value, axis))) {
                return false;
            }
        }
        return true;
    }

    private String name(BuiltinOperator operator) {
        return scope + "/" + operator.name().toLowerCase(java.util.Locale.ROOT);
    }
}
