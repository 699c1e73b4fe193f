package dev.slipway.edge.layout;

import static java.util.Map.entry;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.tflite.BuiltinOperator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Moves transposes towards the outputs, composing them on the way, so that inverse ones cancel and what is left is made
 * only where an operator, or an output, needs another order. It reasons with permutations alone: whether lengths are
 * equal never matters.
 */
public final class TransposePass implements GraphPass {
    private static final Set<BuiltinOperator> UNARY = EnumSet.of(
            BuiltinOperator.ABS,
            BuiltinOperator.CAST,
            BuiltinOperator.CEIL,
            BuiltinOperator.COS,
            BuiltinOperator.DEQUANTIZE,
            BuiltinOperator.ELU,
            BuiltinOperator.EXP,
            BuiltinOperator.FLOOR,
            BuiltinOperator.GELU,
            BuiltinOperator.HARD_SWISH,
            BuiltinOperator.LEAKY_RELU,
            BuiltinOperator.LOG,
            BuiltinOperator.LOGICAL_NOT,
            BuiltinOperator.LOGISTIC,
            BuiltinOperator.NEG,
            BuiltinOperator.QUANTIZE,
            BuiltinOperator.RELU,
            BuiltinOperator.RELU6,
            BuiltinOperator.RELU_0_TO_1,
            BuiltinOperator.RELU_N1_TO_1,
            BuiltinOperator.ROUND,
            BuiltinOperator.RSQRT,
            BuiltinOperator.SIGN,
            BuiltinOperator.SIN,
            BuiltinOperator.SQRT,
            BuiltinOperator.SQUARE,
            BuiltinOperator.TANH,
            BuiltinOperator.ZEROS_LIKE);

    private static final Set<BuiltinOperator> BROADCAST = EnumSet.of(
            BuiltinOperator.ADD,
            BuiltinOperator.ATAN2,
            BuiltinOperator.BITWISE_XOR,
            BuiltinOperator.DIV,
            BuiltinOperator.EQUAL,
            BuiltinOperator.FLOOR_DIV,
            BuiltinOperator.FLOOR_MOD,
            BuiltinOperator.GREATER,
            BuiltinOperator.GREATER_EQUAL,
            BuiltinOperator.LESS,
            BuiltinOperator.LESS_EQUAL,
            BuiltinOperator.LOGICAL_AND,
            BuiltinOperator.LOGICAL_OR,
            BuiltinOperator.MAXIMUM,
            BuiltinOperator.MINIMUM,
            BuiltinOperator.MUL,
            BuiltinOperator.NOT_EQUAL,
            BuiltinOperator.POW,
            BuiltinOperator.PRELU,
            BuiltinOperator.RIGHT_SHIFT,
            BuiltinOperator.SELECT_V2,
            BuiltinOperator.SQUARED_DIFFERENCE,
            BuiltinOperator.SUB);

    private static final Set<BuiltinOperator> REDUCTION = EnumSet.of(
            BuiltinOperator.MEAN,
            BuiltinOperator.REDUCE_ALL,
            BuiltinOperator.REDUCE_ANY,
            BuiltinOperator.REDUCE_MAX,
            BuiltinOperator.REDUCE_MIN,
            BuiltinOperator.REDUCE_PROD,
            BuiltinOperator.SUM);

    private static final Map<BuiltinOperator, LayoutRule> OTHERS = Map.ofEntries(
            entry(BuiltinOperator.ARG_MAX, new ArgExtremumRule()),
            entry(BuiltinOperator.ARG_MIN, new ArgExtremumRule()),
            entry(BuiltinOperator.BATCH_MATMUL, new MatrixProductRule()),
            entry(BuiltinOperator.BROADCAST_TO, new PerAxisRule(1, 1)),
            entry(BuiltinOperator.CONCATENATION, new ConcatenationRule()),
            entry(BuiltinOperator.CUMSUM, new AxesInputRule()),
            entry(BuiltinOperator.FULLY_CONNECTED, new FullyConnectedRule()),
            entry(BuiltinOperator.GATHER, new GatherRule()),
            entry(BuiltinOperator.LOG_SOFTMAX, new SoftmaxRule()),
            entry(BuiltinOperator.MIRROR_PAD, new PerAxisRule(1, 1)),
            entry(BuiltinOperator.PAD, new PerAxisRule(1, 1)),
            entry(BuiltinOperator.PADV2, new PerAxisRule(1, 1)),
            entry(BuiltinOperator.RESHAPE, new ReshapeRule()),
            entry(BuiltinOperator.REVERSE_V2, new AxesInputRule()),
            entry(BuiltinOperator.SHAPE, new ShapeRule()),
            entry(BuiltinOperator.SLICE, new PerAxisRule(1, 2)),
            entry(BuiltinOperator.SOFTMAX, new SoftmaxRule()),
            entry(BuiltinOperator.SPLIT, new SplitRule(1, 0)),
            entry(BuiltinOperator.SPLIT_V, new SplitRule(0, 2)),
            entry(BuiltinOperator.STRIDED_SLICE, new StridedSliceRule()),
            entry(BuiltinOperator.TILE, new PerAxisRule(1, 1)),
            entry(BuiltinOperator.TRANSPOSE, new TransposeRule()));

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
        Map<BuiltinOperator, LayoutRule> rules = new EnumMap<>(OTHERS);
        LayoutRule unary = new UnaryRule();
        LayoutRule broadcast = new BroadcastRule();
        LayoutRule reduction = new ReductionRule();
        UNARY.forEach(operator -> rules.put(operator, unary));
        BROADCAST.forEach(operator -> rules.put(operator, broadcast));
        REDUCTION.forEach(operator -> rules.put(operator, reduction));
        return Map.copyOf(rules);
    }
}
