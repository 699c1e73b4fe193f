package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a constant factor or addend per channel, such as a batch normalisation leaves, into the weights and biases of the
 * operator before it.
 */
public final class FoldScaleAndShift implements GraphPass {
    /** The axis of the weights along which the output's channels stand. */
    private static final Map<BuiltinOperator, Integer> CHANNEL_AXIS = Map.of(
            BuiltinOperator.CONV_2D, 0,
            BuiltinOperator.DEPTHWISE_CONV_2D, 3,
            BuiltinOperator.FULLY_CONNECTED, 0,
            BuiltinOperator.TRANSPOSE_CONV, 0);

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        Map<EdgeValue, Integer> uses = Uses.count(graph);
        Map<EdgeValue, Integer> madeAt = new HashMap<>();
        List<EdgeOperation> operations = new ArrayList<>();
        for (EdgeOperation operation : graph.operations()) {
            Optional<EdgeOperation> folded = producer(operation, madeAt)
                    .map(operations::get)
                    .filter(producer -> uses.get(producer.output()) == 1)
                    .flatMap(producer -> folded(producer, operation));
            int at = folded.isPresent() ? producer(operation, madeAt).orElseThrow() : operations.size();
            if (folded.isPresent()) {
                operations.set(at, folded.get());
            } else {
                operations.add(operation);
            }
            operation.outputs().forEach(output -> madeAt.put(output, at));
        }
        return new EdgeGraph(operations, graph.inputs(), graph.outputs());
    }

    private static Optional<Integer> producer(EdgeOperation operation, Map<EdgeValue, Integer> madeAt) {
        boolean candidate = operation.operator() == BuiltinOperator.MUL || operation.operator() == BuiltinOperator.ADD;
        return candidate
                ? operation.inputs().stream()
                        .filter(madeAt::containsKey)
                        .map(madeAt::get)
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<EdgeOperation> folded(EdgeOperation producer, EdgeOperation operation) {
        Integer axis = CHANNEL_AXIS.get(producer.operator());
        boolean plain = producer.options() instanceof OperatorOptions.Activated options
                && options.activation() == Activation.NONE;
        int bias = biasInput(producer);
        if (axis == null
                || !plain
                || producer.inputs().size() <= bias
                || !producer.input(1).isConstant()
                || !producer.input(bias).isConstant()) {
            return Optional.empty();
        }
        int channels = producer.input(bias).shape().get(0);
        return operation.inputs().stream()
                .filter(EdgeValue::isConstant)
                .findFirst()
                .filter(constant -> isPerChannel(constant, producer.output(), channels))
                .map(constant -> folded(producer, operation, constant.floats(), axis));
    }

    private static EdgeOperation folded(EdgeOperation producer, EdgeOperation operation, float[] constant, int axis) {
        EdgeValue weights = producer.input(1);
        EdgeValue shift = producer.input(biasInput(producer));
        float[] bias = shift.floats();
        if (operation.operator() == BuiltinOperator.MUL) {
            weights = scaled(weights, constant, axis);
            for (int i = 0; i < bias.length; i++) {
                bias[i] *= constant[constant.length == 1 ? 0 : i];
            }
        } else {
            for (int i = 0; i < bias.length; i++) {
                bias[i] += constant[constant.length == 1 ? 0 : i];
            }
        }
        List<EdgeValue> inputs = new ArrayList<>(producer.inputs());
        inputs.set(1, weights);
        inputs.set(biasInput(producer), EdgeValue.floats(shift.name(), shift.shape(), bias));
        OperatorOptions.Activated settings = (OperatorOptions.Activated) producer.options();
        OperatorOptions.Activated own = (OperatorOptions.Activated) operation.options();
        return new EdgeOperation(
                producer.operator(), settings.withActivation(own.activation()), inputs, operation.outputs());
    }

    /** TRANSPOSE_CONV takes its output's shape first. */
    private static int biasInput(EdgeOperation operation) {
        return operation.operator() == BuiltinOperator.TRANSPOSE_CONV ? 3 : 2;
    }

    /** Whether the constant has one value for all, or one for each channel, which is the last axis, and broadcasts no further. */
    private static boolean isPerChannel(EdgeValue constant, EdgeValue output, int channels) {
        int size = constant.shape().stream().reduce(1, (a, b) -> a * b);
        boolean fits = constant.rank() <= output.rank();
        int last = constant.rank() == 0 ? 1 : constant.shape().get(constant.rank() - 1);
        return fits && (size == 1 || (size == channels && last == channels));
    }

    private static EdgeValue scaled(EdgeValue weights, float[] factors, int axis) {
        float[] values = weights.floats();
        int inner = 1;
        for (int length : weights.shape().subList(axis + 1, weights.rank())) {
            inner *= length;
        }
        for (int i = 0; i < values.length; i++) {
            int channel = i / inner % weights.shape().get(axis);
            values[i] *= factors[factors.length == 1 ? 0 : channel];
        }
        return EdgeValue.floats(weights.name(), weights.shape(), values);
    }
}
