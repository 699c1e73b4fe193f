package dev.slipway.edge.optimise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lets an operator apply the activation that is all that its result is used for. */
public final class FuseActivations implements GraphPass {
    private static final Map<BuiltinOperator, Activation> ACTIVATIONS = Map.of(
            BuiltinOperator.RELU, Activation.RELU,
            BuiltinOperator.RELU6, Activation.RELU6,
            BuiltinOperator.RELU_N1_TO_1, Activation.RELU_N1_TO_1);

    private static final Set<BuiltinOperator> ACTIVATING = EnumSet.of(
            BuiltinOperator.ADD,
            BuiltinOperator.AVERAGE_POOL_2D,
            BuiltinOperator.CONV_2D,
            BuiltinOperator.CONV_3D,
            BuiltinOperator.DEPTHWISE_CONV_2D,
            BuiltinOperator.DIV,
            BuiltinOperator.FULLY_CONNECTED,
            BuiltinOperator.MAX_POOL_2D,
            BuiltinOperator.MUL,
            BuiltinOperator.SUB);

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        Map<EdgeValue, Integer> uses = Uses.count(graph);
        Map<EdgeValue, Integer> madeAt = new HashMap<>();
        List<EdgeOperation> operations = new ArrayList<>();
        for (EdgeOperation operation : graph.operations()) {
            Integer producer = ACTIVATIONS.containsKey(operation.operator()) ? madeAt.get(operation.input(0)) : null;
            if (producer != null && uses.get(operation.input(0)) == 1 && canActivate(operations.get(producer))) {
                EdgeOperation fused = fused(operations.get(producer), operation);
                operations.set(producer, fused);
                madeAt.put(fused.output(), producer);
            } else {
                operation.outputs().forEach(output -> madeAt.put(output, operations.size()));
                operations.add(operation);
            }
        }
        return new EdgeGraph(operations, graph.inputs(), graph.outputs());
    }

    private static boolean canActivate(EdgeOperation operation) {
        return ACTIVATING.contains(operation.operator())
                && operation.output().type() == TensorType.FLOAT32
                && operation.options() instanceof OperatorOptions.Activated options
                && options.activation() == Activation.NONE;
    }

    private static EdgeOperation fused(EdgeOperation producer, EdgeOperation activation) {
        OperatorOptions.Activated options = (OperatorOptions.Activated) producer.options();
        return new EdgeOperation(
                producer.operator(),
                options.withActivation(ACTIVATIONS.get(activation.operator())),
                producer.inputs(),
                activation.outputs());
    }
}
