package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.tflite.BuiltinOperator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Moves transposes towards the outputs, composing them on the way, so that inverse ones cancel and what is left is made
 * only where an operator, or an output, needs another order. It reasons with permutations alone: whether lengths are
 * equal never matters.
 */
public final class TransposePass implements GraphPass {
    private final Map<BuiltinOperator, LayoutRule> rules = rules();

    @Override
    public EdgeGraph apply(EdgeGraph graph) {
        Layouts layouts = new Layouts();
        for (EdgeOperation operation : graph.operations()) {
            LayoutRule rule = rules.get(operation.operator());
            if (rule == null || !rule.apply(operation, layouts)) {
                layouts.keep(operation);
            }
        }
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> outputs.put(name, layouts.materialised(value)));
        return new EdgeGraph(layouts.operations().operations(), graph.inputs(), outputs);
    }

    private static Map<BuiltinOperator, LayoutRule> rules() {
        Map<BuiltinOperator, LayoutRule> rules = new EnumMap<>(BuiltinOperator.class);
        LayoutRule unary = new UnaryRule();
        LayoutRule broadcast = new BroadcastRule();
        LayoutRule reduction = new ReductionRule();
        rules.put(BuiltinOperator.TRANSPOSE, new TransposeRule());
        rules.put(BuiltinOperator.RESHAPE, new ReshapeRule());
        rules.put(BuiltinOperator.FULLY_CONNECTED, new FullyConnectedRule());
        rules.put(BuiltinOperator.CONCATENATION, new ConcatenationRule());
        rules.put(BuiltinOperator.SOFTMAX, new SoftmaxRule());
        for (BuiltinOperator operator : new BuiltinOperator[] {
            BuiltinOperator.RELU,
            BuiltinOperator.RELU6,
            BuiltinOperator.RELU_N1_TO_1,
            BuiltinOperator.LEAKY_RELU,
            BuiltinOperator.HARD_SWISH,
            BuiltinOperator.LOGISTIC,
            BuiltinOperator.TANH,
            BuiltinOperator.EXP,
            BuiltinOperator.LOG,
            BuiltinOperator.SQRT,
            BuiltinOperator.ABS,
            BuiltinOperator.NEG,
            BuiltinOperator.FLOOR,
            BuiltinOperator.CEIL
        }) {
            rules.put(operator, unary);
        }
        for (BuiltinOperator operator : new BuiltinOperator[] {
            BuiltinOperator.ADD,
            BuiltinOperator.SUB,
            BuiltinOperator.MUL,
            BuiltinOperator.DIV,
            BuiltinOperator.MAXIMUM,
            BuiltinOperator.MINIMUM
        }) {
            rules.put(operator, broadcast);
        }
        for (BuiltinOperator operator : new BuiltinOperator[] {
            BuiltinOperator.MEAN, BuiltinOperator.SUM, BuiltinOperator.REDUCE_MAX, BuiltinOperator.REDUCE_MIN
        }) {
            rules.put(operator, reduction);
        }
        return Map.copyOf(rules);
    }
}
