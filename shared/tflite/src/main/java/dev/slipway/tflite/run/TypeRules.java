package dev.slipway.tflite.run;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types that belong together: a kernel that only copies bytes copies as many as its input has. */
final class TypeRules {
    private static final Set<BuiltinOperator> FIRST_LIKE_RESULTS = names(
            "RESHAPE SQUEEZE EXPAND_DIMS TRANSPOSE SLICE STRIDED_SLICE GATHER GATHER_ND TILE UNPACK SPLIT_V PAD PADV2"
                    + " MIRROR_PAD BROADCAST_TO REVERSE_V2 REVERSE_SEQUENCE DEPTH_TO_SPACE SPACE_TO_DEPTH"
                    + " SPACE_TO_BATCH_ND BATCH_TO_SPACE_ND DYNAMIC_UPDATE_SLICE CUMSUM ZEROS_LIKE RESIZE_BILINEAR"
                    + " RESIZE_NEAREST_NEIGHBOR AVERAGE_POOL_2D MAX_POOL_2D L2_POOL_2D RELU RELU6 RELU_N1_TO_1"
                    + " RELU_0_TO_1 LEAKY_RELU ELU HARD_SWISH GELU LOGISTIC TANH EXP LOG SQRT RSQRT SQUARE ABS NEG SIN"
                    + " COS CEIL FLOOR ROUND SIGN LOGICAL_NOT MEAN SUM REDUCE_PROD REDUCE_MAX REDUCE_MIN REDUCE_ANY"
                    + " REDUCE_ALL L2_NORMALIZATION LOCAL_RESPONSE_NORMALIZATION FAKE_QUANT EMBEDDING_LOOKUP"
                    + " UNSORTED_SEGMENT_MAX UNSORTED_SEGMENT_MIN UNSORTED_SEGMENT_PROD UNSORTED_SEGMENT_SUM");
    private static final Set<BuiltinOperator> ALL_LIKE_RESULTS =
            names("ADD SUB MUL DIV MAXIMUM MINIMUM POW FLOOR_DIV FLOOR_MOD SQUARED_DIFFERENCE ATAN2 PRELU CONCATENATION"
                    + " PACK ADD_N BITWISE_XOR RIGHT_SHIFT LOGICAL_AND LOGICAL_OR BROADCAST_ARGS");
    private static final Set<BuiltinOperator> COMPARISONS =
            names("EQUAL NOT_EQUAL LESS LESS_EQUAL GREATER GREATER_EQUAL");

    private TypeRules() {}

    /** What is wrong, if anything. */
    static Optional<String> violation(TfliteModel model, TfliteSubgraph graph, TfliteOperator operator) {
        List<TensorType> inputs = types(graph, operator.inputs());
        List<TensorType> outputs = types(graph, operator.outputs());
        BuiltinOperator name = operator.operator();
        boolean fits;
        if (FIRST_LIKE_RESULTS.contains(name)) {
            fits = areEqual(Stream.concat(Stream.of(inputs.get(0)), outputs.stream()));
        } else if (ALL_LIKE_RESULTS.contains(name)) {
            fits = areEqual(Stream.concat(inputs.stream(), outputs.stream()));
        } else if (COMPARISONS.contains(name)) {
            fits = areEqual(inputs.stream()) && outputs.get(0) == TensorType.BOOL;
        } else {
            fits = switch (name) {
                case SPLIT -> areEqual(Stream.concat(Stream.of(inputs.get(1)), outputs.stream()));
                case SELECT, SELECT_V2 -> areEqual(Stream.of(inputs.get(1), inputs.get(2), outputs.get(0)));
                case ONE_HOT ->
                    inputs.get(1) == TensorType.INT32
                            && areEqual(Stream.of(inputs.get(2), inputs.get(3), outputs.get(0)));
                case FILL, SCATTER_ND -> inputs.get(1) == outputs.get(0);
                case TOPK_V2, UNIQUE -> inputs.get(0) == outputs.get(0);
                case IF, WHILE -> bodiesFit(model, operator, inputs, outputs);
                default -> true;
            };
        }
        return fits ? Optional.empty() : Optional.of("its types don't belong together, " + inputs + " and " + outputs);
    }

    private static boolean bodiesFit(
            TfliteModel model, TfliteOperator operator, List<TensorType> inputs, List<TensorType> outputs) {
        if (operator.options() instanceof OperatorOptions.If branches) {
            List<TensorType> values = inputs.subList(1, inputs.size());
            return inputs.get(0) == TensorType.BOOL
                    && bodyFits(model, branches.then(), values, outputs)
                    && bodyFits(model, branches.otherwise(), values, outputs);
        }
        return operator.options() instanceof OperatorOptions.While loop
                && bodyFits(model, loop.condition(), inputs, List.of(TensorType.BOOL))
                && bodyFits(model, loop.body(), inputs, outputs)
                && inputs.equals(outputs);
    }

    private static boolean bodyFits(TfliteModel model, int number, List<TensorType> inputs, List<TensorType> outputs) {
        TfliteSubgraph body = model.subgraphs().get(number);
        return types(body, body.inputs()).equals(inputs)
                && types(body, body.outputs()).equals(outputs);
    }

    private static List<TensorType> types(TfliteSubgraph graph, List<Integer> indexes) {
        return indexes.stream()
                .filter(index -> index >= 0)
                .map(graph.tensors()::get)
                .map(TfliteTensor::type)
                .toList();
    }

    private static boolean areEqual(Stream<TensorType> types) {
        return types.distinct().count() == 1;
    }

    private static Set<BuiltinOperator> names(String names) {
        return Stream.of(names.split(" ")).map(BuiltinOperator::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
