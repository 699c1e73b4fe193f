package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Padding;
import dev.slipway.tflite.TensorType;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts a constant factor or addend per channel into the weights and biases of the operator behind it. Where the operator
 * pads with zeros, which an addend must not reach, the factor is taken past the addend: a·x + b = a·(x + b/a).
 */
public final class AbsorbScaleAndShift implements GraphPass {
    /** A factor or an addend, one number or one for each channel of what it is applied to. */
    private record Term(EdgeValue value, FloatBuffer numbers) {
        float at(int channel) {
            return numbers.get(size() == 1 ? 0 : channel);
        }

        int size() {
            return numbers.limit();
        }

        boolean isFinite() {
            return IntStream.range(0, size()).allMatch(channel -> Float.isFinite(at(channel)));
        }

        boolean isInvertible() {
            return IntStream.range(0, size()).allMatch(channel -> Math.abs(at(channel)) >= Float.MIN_NORMAL);
        }
    }

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        Map<EdgeValue, Integer> uses = Uses.count(graph);
        Map<EdgeValue, EdgeOperation> makers = new HashMap<>();
        List<EdgeOperation> operations = new ArrayList<>();
        for (EdgeOperation operation : graph.operations()) {
            EdgeOperation changed = operation;
            if (isLinear(operation) && uses.get(operation.input(1)) == 1) {
                changed = absorbed(operation, uses, makers, operations);
            }
            operations.add(changed);
            for (EdgeValue output : changed.outputs()) {
                makers.put(output, changed);
            }
        }
        return new EdgeGraph(operations, graph.inputs(), graph.outputs());
    }

    private static EdgeOperation absorbed(
            EdgeOperation linear,
            Map<EdgeValue, Integer> uses,
            Map<EdgeValue, EdgeOperation> makers,
            List<EdgeOperation> operations) {
        EdgeOperation result = linear;
        while (uses.getOrDefault(result.input(0), 0) == 1) {
            EdgeOperation maker = makers.get(result.input(0));
            Optional<Term> factor = term(maker, BuiltinOperator.MUL, result);
            Optional<Term> addend = term(maker, BuiltinOperator.ADD, result);
            if (factor.isPresent()) {
                result = scaled(result, factor.get(), factor.get().value());
            } else if (addend.isPresent() && !isPadded(result) && hasBias(result)) {
                result = shifted(result, addend.get());
            } else if (addend.isPresent() && uses.getOrDefault(addend.get().value(), 0) == 1) {
                Optional<Term> before = term(makers.get(addend.get().value()), BuiltinOperator.MUL, result)
                        .filter(Term::isInvertible);
                return before.isEmpty()
                        ? result
                        : scaled(result, before.get(), behind(maker, addend.get(), before.get(), operations));
            } else {
                return result;
            }
        }
        return result;
    }

    /** The addend as it is before the factor, made by an operation that is added to the others. */
    private static EdgeValue behind(EdgeOperation maker, Term addend, Term factor, List<EdgeOperation> operations) {
        float[] numbers = new float[Math.max(addend.size(), factor.size())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = addend.at(i) / factor.at(i);
        }
        EdgeValue sum = EdgeValue.computed(
                maker.output().name() + "/unscaled",
                TensorType.FLOAT32,
                maker.output().shape());
        EdgeValue shift = EdgeValue.floats(sum.name() + "/shift", List.of(numbers.length), numbers);
        operations.add(new EdgeOperation(
                BuiltinOperator.ADD,
                new OperatorOptions.Arithmetic(Activation.NONE),
                List.of(factor.value(), shift),
                List.of(sum)));
        return sum;
    }

    private static EdgeOperation scaled(EdgeOperation linear, Term factor, EdgeValue input) {
        EdgeValue weights = linear.input(1);
        float[] values = weights.floats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor.at(channel(linear, i));
        }
        return with(linear, input, EdgeValue.floats(weights.name(), weights.shape(), values), linear.inputs());
    }

    private static EdgeOperation shifted(EdgeOperation linear, Term addend) {
        float[] weights = linear.input(1).floats();
        EdgeValue bias = linear.input(2);
        double[] sums = new double[bias.shape().get(0)];
        int each = weights.length / sums.length;
        for (int i = 0; i < weights.length; i++) {
            int output = linear.operator() == BuiltinOperator.DEPTHWISE_CONV_2D ? i % sums.length : i / each;
            sums[output] += (double) weights[i] * addend.at(channel(linear, i));
        }
        float[] values = bias.floats();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) sums[i];
        }
        List<EdgeValue> inputs = new ArrayList<>(linear.inputs());
        inputs.set(2, EdgeValue.floats(bias.name(), bias.shape(), values));
        return with(linear, addend.value(), linear.input(1), inputs);
    }

    private static EdgeOperation with(
            EdgeOperation linear, EdgeValue input, EdgeValue weights, List<EdgeValue> others) {
        List<EdgeValue> inputs = new ArrayList<>(others);
        inputs.set(0, input);
        inputs.set(1, weights);
        return linear.with(inputs, linear.outputs());
    }

    /** The channel of the input that a weight is multiplied with. */
    private static int channel(EdgeOperation linear, int weight) {
        List<Integer> shape = linear.input(1).shape();
        int last = weight % shape.get(shape.size() - 1);
        return linear.options() instanceof OperatorOptions.DepthwiseConvolution depthwise
                ? last / depthwise.multiplier()
                : last;
    }

    private static boolean isLinear(EdgeOperation operation) {
        return switch (operation.operator()) {
            case CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED ->
                operation.input(1).isConstant()
                        && operation.input(1).type() == TensorType.FLOAT32
                        && operation.input(1).data().orElseThrow().hasRemaining()
                        && operation.input(0).type() == TensorType.FLOAT32;
            default -> false;
        };
    }

    private static boolean hasBias(EdgeOperation linear) {
        List<Integer> weights = linear.input(1).shape();
        int outputs = weights.get(linear.operator() == BuiltinOperator.DEPTHWISE_CONV_2D ? weights.size() - 1 : 0);
        return linear.inputs().size() > 2
                && linear.input(2).isConstant()
                && linear.input(2).shape().equals(List.of(outputs));
    }

    private static boolean isPadded(EdgeOperation linear) {
        List<Integer> weights = linear.input(1).shape();
        return switch (linear.operator()) {
            case CONV_2D ->
                linear.options() instanceof OperatorOptions.Convolution options
                        && options.padding() == Padding.SAME
                        && !isPoint(weights);
            case DEPTHWISE_CONV_2D ->
                linear.options() instanceof OperatorOptions.DepthwiseConvolution options
                        && options.padding() == Padding.SAME
                        && !isPoint(weights);
            default -> false;
        };
    }

    private static boolean isPoint(List<Integer> weights) {
        return weights.get(1) == 1 && weights.get(2) == 1;
    }

    /** What the maker multiplies by, or adds to, a value of the same shape, if that is all it does. */
    private static Optional<Term> term(EdgeOperation maker, BuiltinOperator operator, EdgeOperation linear) {
        if (maker == null
                || maker.operator() != operator
                || !(maker.options() instanceof OperatorOptions.Activated options)
                || options.activation() != Activation.NONE) {
            return Optional.empty();
        }
        int constant = maker.input(0).isConstant() ? 0 : 1;
        EdgeValue value = maker.input(1 - constant);
        return maker.input(constant).isConstant()
                        && !value.isConstant()
                        && value.shape().equals(maker.output().shape())
                        && isPerChannel(maker.input(constant), value, linear)
                ? Optional.of(new Term(
                                value,
                                maker.input(constant).data().orElseThrow().asFloatBuffer()))
                        .filter(Term::isFinite)
                : Optional.empty();
    }

    /** Whether the constant is one number, or one for each of the channels that the weights are for. */
    private static boolean isPerChannel(EdgeValue constant, EdgeValue value, EdgeOperation linear) {
        int size = constant.shape().stream().reduce(1, (a, b) -> a * b);
        if (size == 1) {
            return constant.rank() <= value.rank();
        }
        List<Integer> weights = linear.input(1).shape();
        int taken = weights.get(weights.size() - 1);
        int channels = linear.options() instanceof OperatorOptions.DepthwiseConvolution depthwise
                ? taken / depthwise.multiplier()
                : taken;
        int last = constant.rank() == 0 ? 1 : constant.shape().get(constant.rank() - 1);
        return constant.rank() <= value.rank()
                && size == channels
                && last == channels
                && value.rank() > 0
                && value.shape().get(value.rank() - 1) == channels;
    }
}
