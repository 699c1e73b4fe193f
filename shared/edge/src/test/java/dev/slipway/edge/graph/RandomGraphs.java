package dev.slipway.edge.graph;

import dev.slipway.edge.optimise.RemoveUnused;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Padding;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteWriter;
import dev.slipway.tflite.run.TfliteInterpreter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random graphs for properties of passes: what every kind of operator that passes know does to one input {@code x}. */
public final class RandomGraphs {
    private static final List<Integer> SHAPE = List.of(2, 3, 2, 3);
    private static final OperatorOptions NONE = new OperatorOptions.None();
    private static final OperatorOptions ARITHMETIC = new OperatorOptions.Arithmetic(Activation.NONE);

    /** One step of a random graph: what is applied to the value made {@code back} steps ago. */
    private record Step(int kind, int back, Permutation order) {}

    private RandomGraphs() {}

    public static Arbitrary<EdgeGraph> graphs() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 24),
                        Arbitraries.integers().between(1, 3),
                        permutations())
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(10)
                .map(RandomGraphs::graph);
    }

    public static Arbitrary<Permutation> permutations() {
        return Arbitraries.shuffle(0, 1, 2, 3).map(Permutation::new);
    }

    private static EdgeGraph graph(List<Step> steps) {
        OperationList operations = new OperationList();
        EdgeValue x = EdgeValue.computed("x", TensorType.FLOAT32, SHAPE);
        List<EdgeValue> values = new ArrayList<>(List.of(x));
        for (Step step : steps) {
            EdgeValue from = values.get(Math.max(0, values.size() - step.back()));
            values.add(apply(step, from, values.get(values.size() - 1), operations));
        }
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        outputs.put("last", values.get(values.size() - 1));
        outputs.put("middle", values.get(values.size() / 2));
        return new RemoveUnused().apply(new EdgeGraph(operations.operations(), List.of(x), outputs));
    }

    private static EdgeValue apply(Step step, EdgeValue from, EdgeValue last, OperationList operations) {
        List<Integer> shape = from.shape();
        Kernels kernels = new Kernels(operations, "step");
        return switch (step.kind()) {
            case 0, 1, 2 -> transpose(operations, from, step.order());
            case 3 -> operations.add(BuiltinOperator.TANH, NONE, List.of(from), "tanh", shape);
            case 4 ->
                operations.add(
                        BuiltinOperator.ADD,
                        ARITHMETIC,
                        List.of(from, counting(shape.subList(1, 4))),
                        "constant",
                        shape);
            case 5 ->
                from.shape().equals(last.shape())
                        ? operations.add(BuiltinOperator.SUB, ARITHMETIC, List.of(from, last), "sub", shape)
                        : operations.add(BuiltinOperator.NEG, NONE, List.of(from), "neg", shape);
            case 6 ->
                operations.add(
                        BuiltinOperator.SOFTMAX, new OperatorOptions.Softmax(1), List.of(from), "softmax", shape);
            case 7 -> {
                // The mean over one axis, subtracted: a reduction and a broadcast.
                int axis = step.order().source(0);
                List<Integer> reduced = new ArrayList<>(shape);
                reduced.set(axis, 1);
                EdgeValue mean = operations.add(
                        BuiltinOperator.MEAN,
                        new OperatorOptions.Reduction(true),
                        List.of(from, EdgeValue.integers("axes", List.of(axis))),
                        "mean",
                        reduced);
                yield operations.add(BuiltinOperator.SUB, ARITHMETIC, List.of(from, mean), "centred", shape);
            }
            case 8 ->
                throughAnotherShape(kernels, from, List.of(shape.get(0), shape.get(1) * shape.get(2), shape.get(3)));
            case 9 ->
                throughAnotherShape(
                        kernels, from, List.of(1, shape.get(0), shape.get(1), 1, shape.get(2) * shape.get(3)));
            case 10 ->
                throughAnotherShape(kernels, from, List.of(shape.get(0) * shape.get(1), shape.get(2), shape.get(3), 1));
            case 11 -> {
                // Padded along two axes, then cut back to another part.
                List<Integer> before = step.order().apply(List.of(1, 0, 2, 0));
                EdgeValue padded = kernels.pad(from, before, step.order().apply(List.of(0, 0, 1, 1)), 0.5);
                yield kernels.slice(padded, step.order().apply(List.of(0, 0, 3, 1)), shape);
            }
            case 12 -> {
                EdgeValue reversed = kernels.add(
                        BuiltinOperator.REVERSE_V2,
                        NONE,
                        List.of(
                                from,
                                EdgeValue.integers("axes", List.of(step.order().source(1)))),
                        from.type(),
                        shape);
                yield kernels.select(
                        kernels.compare(BuiltinOperator.LESS, reversed, from), reversed, kernels.multiply(from, 0.5));
            }
            case 13 ->
                kernels.gather(
                        from,
                        EdgeValue.integers(
                                "indices", backwards(shape.get(step.order().source(2)))),
                        step.order().source(2));
            case 14 -> {
                // Twice as long, then every other element.
                int axis = step.order().source(3);
                EdgeValue twice = kernels.concatenate(List.of(from, kernels.unary(BuiltinOperator.TANH, from)), axis);
                List<Integer> strides = new ArrayList<>(List.of(1, 1, 1, 1));
                strides.set(axis, 2);
                yield kernels.add(
                        BuiltinOperator.STRIDED_SLICE,
                        new OperatorOptions.StridedSlice(0, 15, 0, 0, 0, false),
                        List.of(
                                twice,
                                EdgeValue.integers("begin", List.of(0, 0, 0, 0)),
                                EdgeValue.integers("end", List.of(0, 0, 0, 0)),
                                EdgeValue.integers("strides", strides)),
                        from.type(),
                        shape);
            }
            case 15 -> {
                EdgeValue turned = kernels.transpose(from, Permutation.of(0, 1, 3, 2));
                EdgeValue product = kernels.multiplyMatrices(from, turned, false, false);
                yield kernels.multiply(from, kernels.reduce(BuiltinOperator.MEAN, product, List.of(2, 3), true));
            }
            case 16 -> {
                int axis = step.order().source(0);
                EdgeValue place = kernels.add(
                        BuiltinOperator.ARG_MAX,
                        new OperatorOptions.ArgExtremum(TensorType.INT32),
                        List.of(from, EdgeValue.scalar(TensorType.INT32, axis)),
                        TensorType.INT32,
                        without(shape, axis));
                EdgeValue kept = kernels.unsqueeze(kernels.cast(place, TensorType.FLOAT32), List.of(axis));
                yield kernels.subtract(from, kernels.multiply(kept, 0.1));
            }
            case 17 -> {
                // Nothing at all, in several ways.
                EdgeValue ones = EdgeValue.floats("ones", List.of(shape.get(3)), filled(shape.get(3), 1));
                EdgeValue scaled = kernels.multiply(kernels.add(from, 0), ones);
                EdgeValue same = kernels.reshapeTo(scaled, EdgeValue.integers("shape", shape), shape);
                yield kernels.divide(kernels.subtract(same, EdgeValue.scalar(TensorType.FLOAT32, 0)), ones);
            }
            case 18 -> {
                // To integers and, without loss, further and back.
                EdgeValue whole = kernels.cast(kernels.multiply(from, 10), TensorType.INT32);
                EdgeValue back = kernels.cast(kernels.cast(whole, TensorType.INT64), TensorType.INT32);
                yield kernels.multiply(kernels.cast(back, TensorType.FLOAT32), 0.1);
            }
            case 19 -> {
                // With a constant that is computed of constants.
                EdgeValue sine = kernels.unary(BuiltinOperator.SIN, counting(shape.subList(2, 4)));
                yield kernels.add(from, kernels.multiply(sine, kernels.unary(BuiltinOperator.COS, sine)));
            }
            case 20 -> convolution(kernels, kernels.pad(from, List.of(0, 1, 1, 0), List.of(0, 1, 1, 0), 0), shape);
            case 21 -> {
                EdgeValue gate = kernels.unary(BuiltinOperator.RELU6, kernels.add(from, 3));
                yield step.back() == 1
                        ? kernels.multiply(kernels.multiply(from, gate), 1 / 6.0)
                        : kernels.multiply(
                                kernels.divide(gate, EdgeValue.scalar(TensorType.FLOAT32, step.back() * 3)), from);
            }
            case 22 -> {
                // Scaled by one of its lengths, which is picked of its shape put backwards.
                EdgeValue lengths = kernels.add(
                        BuiltinOperator.SHAPE,
                        new OperatorOptions.Shape(TensorType.INT32),
                        List.of(from),
                        TensorType.INT32,
                        List.of(4));
                EdgeValue turned = kernels.gather(lengths, EdgeValue.integers("order", List.of(3, 2, 1, 0)), 0);
                EdgeValue length = kernels.gather(turned, EdgeValue.scalar(TensorType.INT32, step.back()), 0);
                EdgeValue number = kernels.cast(length, TensorType.FLOAT32);
                yield kernels.divide(kernels.add(from, from), kernels.add(number, 1));
            }
            case 23 -> {
                // Scaled and shifted before it is weighed, in a way of its own for each step back.
                int channels = shape.get(3);
                EdgeValue numbers = step.order().source(0) == 0
                        ? EdgeValue.floats("half", List.of(1), 0.5f)
                        : counting(List.of(channels));
                EdgeValue scaled = kernels.multiply(from, numbers);
                EdgeValue shifted = kernels.add(scaled, counting(List.of(1, 1, channels)));
                yield kernels.unary(BuiltinOperator.TANH, weighed(kernels, shifted, step.back()));
            }
            default -> {
                // Flattened, through a fully connected layer, and back to a shape that fits.
                int columns = shape.get(1) * shape.get(2) * shape.get(3);
                EdgeValue flat = operations.reshape(from, List.of(shape.get(0), columns));
                EdgeValue dense = operations.add(
                        BuiltinOperator.FULLY_CONNECTED,
                        new OperatorOptions.FullyConnected(false, Activation.NONE),
                        List.of(
                                flat,
                                counting(List.of(columns, columns)),
                                EdgeValue.floats("bias", List.of(columns), new float[columns])),
                        "dense",
                        flat.shape());
                EdgeValue bounded = operations.add(BuiltinOperator.TANH, NONE, List.of(dense), "bound", flat.shape());
                yield operations.reshape(bounded, shape);
            }
        };
    }

    private static EdgeValue throughAnotherShape(Kernels kernels, EdgeValue value, List<Integer> shape) {
        EdgeValue other =
                kernels.reshape(value, shape.stream().map(Length::fixed).toList());
        EdgeValue bounded = kernels.unary(BuiltinOperator.TANH, other);
        return kernels.reshape(
                bounded, value.shape().stream().map(Length::fixed).toList());
    }

    /** A convolution of 3 by 3, a scale and shift per channel, an activation. */
    private static EdgeValue convolution(Kernels kernels, EdgeValue padded, List<Integer> shape) {
        int channels = shape.get(3);
        EdgeValue convolved = kernels.add(
                BuiltinOperator.CONV_2D,
                new OperatorOptions.Convolution(Padding.VALID, 1, 1, 1, 1, Activation.NONE),
                List.of(
                        padded,
                        counting(List.of(channels, 3, 3, channels)),
                        EdgeValue.floats("bias", List.of(channels), filled(channels, 0.25f))),
                TensorType.FLOAT32,
                shape);
        EdgeValue scaled = kernels.multiply(convolved, counting(List.of(channels)));
        EdgeValue shifted = kernels.add(scaled, counting(List.of(1, 1, channels)));
        return kernels.unary(BuiltinOperator.RELU6, shifted);
    }

    /** A convolution of points (1), one of each channel by itself with padding (2) or a fully connected layer. */
    public static EdgeValue weighed(Kernels kernels, EdgeValue value, int way) {
        int channels = value.shape().get(3);
        EdgeValue bias = EdgeValue.floats("bias", List.of(channels), filled(channels, 0.25f));
        return switch (way) {
            case 1 ->
                kernels.add(
                        BuiltinOperator.CONV_2D,
                        new OperatorOptions.Convolution(Padding.SAME, 1, 1, 1, 1, Activation.NONE),
                        List.of(value, counting(List.of(channels, 1, 1, channels)), bias),
                        TensorType.FLOAT32,
                        value.shape());
            case 2 ->
                kernels.add(
                        BuiltinOperator.DEPTHWISE_CONV_2D,
                        new OperatorOptions.DepthwiseConvolution(Padding.SAME, 1, 1, 1, 1, 1, Activation.NONE),
                        List.of(value, counting(List.of(1, 3, 3, channels)), bias),
                        TensorType.FLOAT32,
                        value.shape());
            default ->
                kernels.add(
                        BuiltinOperator.FULLY_CONNECTED,
                        new OperatorOptions.FullyConnected(true, Activation.NONE),
                        List.of(value, counting(List.of(channels, channels)), bias),
                        TensorType.FLOAT32,
                        value.shape());
        };
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
    }

    private static List<Integer> backwards(int length) {
        return IntStream.range(0, length).mapToObj(i -> length - 1 - i).toList();
    }

    private static List<Integer> without(List<Integer> shape, int axis) {
        List<Integer> rest = new ArrayList<>(shape);
        rest.remove(axis);
        return rest;
    }

    public static EdgeValue transpose(OperationList operations, EdgeValue value, Permutation order) {
        return operations.add(
                BuiltinOperator.TRANSPOSE,
                NONE,
                List.of(value, EdgeValue.integers("order", order.axes())),
                "transposed",
                order.apply(value.shape()));
    }

    private static EdgeValue counting(List<Integer> shape) {
        int size = shape.stream().reduce(1, (a, b) -> a * b);
        float[] values = new float[size];
        IntStream.range(0, size).forEach(i -> values[i] = (i * 37 % 101) / 101f - 0.5f);
        return EdgeValue.floats("counting", shape, values);
    }

    public static Map<String, Tensor> run(EdgeGraph graph) {
        float[] values = new float[36];
        Random random = new Random(7);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        try (TfliteInterpreter interpreter =
                TfliteInterpreter.open(TfliteWriter.write(TfliteEmitter.emit(graph, "")))) {
            return interpreter.run(Map.of("x", new Tensor(SHAPE, values)));
        }
    }
}
