package dev.slipway.tflite.run;

import static dev.slipway.tflite.BuiltinOperator.ABS;
import static dev.slipway.tflite.BuiltinOperator.ADD;
import static dev.slipway.tflite.BuiltinOperator.ADD_N;
import static dev.slipway.tflite.BuiltinOperator.ARG_MAX;
import static dev.slipway.tflite.BuiltinOperator.ARG_MIN;
import static dev.slipway.tflite.BuiltinOperator.ATAN2;
import static dev.slipway.tflite.BuiltinOperator.AVERAGE_POOL_2D;
import static dev.slipway.tflite.BuiltinOperator.BATCH_MATMUL;
import static dev.slipway.tflite.BuiltinOperator.BATCH_TO_SPACE_ND;
import static dev.slipway.tflite.BuiltinOperator.BIDIRECTIONAL_SEQUENCE_LSTM;
import static dev.slipway.tflite.BuiltinOperator.BIDIRECTIONAL_SEQUENCE_RNN;
import static dev.slipway.tflite.BuiltinOperator.BITCAST;
import static dev.slipway.tflite.BuiltinOperator.BITWISE_XOR;
import static dev.slipway.tflite.BuiltinOperator.BROADCAST_ARGS;
import static dev.slipway.tflite.BuiltinOperator.BROADCAST_TO;
import static dev.slipway.tflite.BuiltinOperator.BUCKETIZE;
import static dev.slipway.tflite.BuiltinOperator.CAST;
import static dev.slipway.tflite.BuiltinOperator.CEIL;
import static dev.slipway.tflite.BuiltinOperator.COMPLEX_ABS;
import static dev.slipway.tflite.BuiltinOperator.CONCATENATION;
import static dev.slipway.tflite.BuiltinOperator.CONV_2D;
import static dev.slipway.tflite.BuiltinOperator.CONV_3D;
import static dev.slipway.tflite.BuiltinOperator.CONV_3D_TRANSPOSE;
import static dev.slipway.tflite.BuiltinOperator.COS;
import static dev.slipway.tflite.BuiltinOperator.CUMSUM;
import static dev.slipway.tflite.BuiltinOperator.DEPTHWISE_CONV_2D;
import static dev.slipway.tflite.BuiltinOperator.DEPTH_TO_SPACE;
import static dev.slipway.tflite.BuiltinOperator.DEQUANTIZE;
import static dev.slipway.tflite.BuiltinOperator.DIV;
import static dev.slipway.tflite.BuiltinOperator.DYNAMIC_UPDATE_SLICE;
import static dev.slipway.tflite.BuiltinOperator.ELU;
import static dev.slipway.tflite.BuiltinOperator.EMBEDDING_LOOKUP;
import static dev.slipway.tflite.BuiltinOperator.EQUAL;
import static dev.slipway.tflite.BuiltinOperator.EXP;
import static dev.slipway.tflite.BuiltinOperator.EXPAND_DIMS;
import static dev.slipway.tflite.BuiltinOperator.FAKE_QUANT;
import static dev.slipway.tflite.BuiltinOperator.FILL;
import static dev.slipway.tflite.BuiltinOperator.FLOOR;
import static dev.slipway.tflite.BuiltinOperator.FLOOR_DIV;
import static dev.slipway.tflite.BuiltinOperator.FLOOR_MOD;
import static dev.slipway.tflite.BuiltinOperator.FULLY_CONNECTED;
import static dev.slipway.tflite.BuiltinOperator.GATHER;
import static dev.slipway.tflite.BuiltinOperator.GATHER_ND;
import static dev.slipway.tflite.BuiltinOperator.GELU;
import static dev.slipway.tflite.BuiltinOperator.GREATER;
import static dev.slipway.tflite.BuiltinOperator.GREATER_EQUAL;
import static dev.slipway.tflite.BuiltinOperator.HARD_SWISH;
import static dev.slipway.tflite.BuiltinOperator.IF;
import static dev.slipway.tflite.BuiltinOperator.IMAG;
import static dev.slipway.tflite.BuiltinOperator.L2_NORMALIZATION;
import static dev.slipway.tflite.BuiltinOperator.L2_POOL_2D;
import static dev.slipway.tflite.BuiltinOperator.LEAKY_RELU;
import static dev.slipway.tflite.BuiltinOperator.LESS;
import static dev.slipway.tflite.BuiltinOperator.LESS_EQUAL;
import static dev.slipway.tflite.BuiltinOperator.LOCAL_RESPONSE_NORMALIZATION;
import static dev.slipway.tflite.BuiltinOperator.LOG;
import static dev.slipway.tflite.BuiltinOperator.LOGICAL_AND;
import static dev.slipway.tflite.BuiltinOperator.LOGICAL_NOT;
import static dev.slipway.tflite.BuiltinOperator.LOGICAL_OR;
import static dev.slipway.tflite.BuiltinOperator.LOGISTIC;
import static dev.slipway.tflite.BuiltinOperator.LOG_SOFTMAX;
import static dev.slipway.tflite.BuiltinOperator.MAXIMUM;
import static dev.slipway.tflite.BuiltinOperator.MAX_POOL_2D;
import static dev.slipway.tflite.BuiltinOperator.MEAN;
import static dev.slipway.tflite.BuiltinOperator.MINIMUM;
import static dev.slipway.tflite.BuiltinOperator.MIRROR_PAD;
import static dev.slipway.tflite.BuiltinOperator.MUL;
import static dev.slipway.tflite.BuiltinOperator.MULTINOMIAL;
import static dev.slipway.tflite.BuiltinOperator.NEG;
import static dev.slipway.tflite.BuiltinOperator.NON_MAX_SUPPRESSION_V4;
import static dev.slipway.tflite.BuiltinOperator.NON_MAX_SUPPRESSION_V5;
import static dev.slipway.tflite.BuiltinOperator.NOT_EQUAL;
import static dev.slipway.tflite.BuiltinOperator.ONE_HOT;
import static dev.slipway.tflite.BuiltinOperator.PACK;
import static dev.slipway.tflite.BuiltinOperator.PAD;
import static dev.slipway.tflite.BuiltinOperator.PADV2;
import static dev.slipway.tflite.BuiltinOperator.POW;
import static dev.slipway.tflite.BuiltinOperator.PRELU;
import static dev.slipway.tflite.BuiltinOperator.QUANTIZE;
import static dev.slipway.tflite.BuiltinOperator.RANDOM_STANDARD_NORMAL;
import static dev.slipway.tflite.BuiltinOperator.RANDOM_UNIFORM;
import static dev.slipway.tflite.BuiltinOperator.RANGE;
import static dev.slipway.tflite.BuiltinOperator.RANK;
import static dev.slipway.tflite.BuiltinOperator.REAL;
import static dev.slipway.tflite.BuiltinOperator.REDUCE_ALL;
import static dev.slipway.tflite.BuiltinOperator.REDUCE_ANY;
import static dev.slipway.tflite.BuiltinOperator.REDUCE_MAX;
import static dev.slipway.tflite.BuiltinOperator.REDUCE_MIN;
import static dev.slipway.tflite.BuiltinOperator.REDUCE_PROD;
import static dev.slipway.tflite.BuiltinOperator.RELU;
import static dev.slipway.tflite.BuiltinOperator.RELU6;
import static dev.slipway.tflite.BuiltinOperator.RELU_0_TO_1;
import static dev.slipway.tflite.BuiltinOperator.RELU_N1_TO_1;
import static dev.slipway.tflite.BuiltinOperator.RESHAPE;
import static dev.slipway.tflite.BuiltinOperator.RESIZE_BILINEAR;
import static dev.slipway.tflite.BuiltinOperator.RESIZE_NEAREST_NEIGHBOR;
import static dev.slipway.tflite.BuiltinOperator.REVERSE_SEQUENCE;
import static dev.slipway.tflite.BuiltinOperator.REVERSE_V2;
import static dev.slipway.tflite.BuiltinOperator.RFFT2D;
import static dev.slipway.tflite.BuiltinOperator.RIGHT_SHIFT;
import static dev.slipway.tflite.BuiltinOperator.RNN;
import static dev.slipway.tflite.BuiltinOperator.ROUND;
import static dev.slipway.tflite.BuiltinOperator.RSQRT;
import static dev.slipway.tflite.BuiltinOperator.SCATTER_ND;
import static dev.slipway.tflite.BuiltinOperator.SELECT;
import static dev.slipway.tflite.BuiltinOperator.SELECT_V2;
import static dev.slipway.tflite.BuiltinOperator.SHAPE;
import static dev.slipway.tflite.BuiltinOperator.SIGN;
import static dev.slipway.tflite.BuiltinOperator.SIN;
import static dev.slipway.tflite.BuiltinOperator.SLICE;
import static dev.slipway.tflite.BuiltinOperator.SOFTMAX;
import static dev.slipway.tflite.BuiltinOperator.SPACE_TO_BATCH_ND;
import static dev.slipway.tflite.BuiltinOperator.SPACE_TO_DEPTH;
import static dev.slipway.tflite.BuiltinOperator.SPARSE_TO_DENSE;
import static dev.slipway.tflite.BuiltinOperator.SPLIT;
import static dev.slipway.tflite.BuiltinOperator.SPLIT_V;
import static dev.slipway.tflite.BuiltinOperator.SQRT;
import static dev.slipway.tflite.BuiltinOperator.SQUARE;
import static dev.slipway.tflite.BuiltinOperator.SQUARED_DIFFERENCE;
import static dev.slipway.tflite.BuiltinOperator.SQUEEZE;
import static dev.slipway.tflite.BuiltinOperator.STRIDED_SLICE;
import static dev.slipway.tflite.BuiltinOperator.SUB;
import static dev.slipway.tflite.BuiltinOperator.SUM;
import static dev.slipway.tflite.BuiltinOperator.SVDF;
import static dev.slipway.tflite.BuiltinOperator.TANH;
import static dev.slipway.tflite.BuiltinOperator.TILE;
import static dev.slipway.tflite.BuiltinOperator.TOPK_V2;
import static dev.slipway.tflite.BuiltinOperator.TRANSPOSE;
import static dev.slipway.tflite.BuiltinOperator.TRANSPOSE_CONV;
import static dev.slipway.tflite.BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM;
import static dev.slipway.tflite.BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_RNN;
import static dev.slipway.tflite.BuiltinOperator.UNIQUE;
import static dev.slipway.tflite.BuiltinOperator.UNPACK;
import static dev.slipway.tflite.BuiltinOperator.UNSORTED_SEGMENT_MAX;
import static dev.slipway.tflite.BuiltinOperator.UNSORTED_SEGMENT_MIN;
import static dev.slipway.tflite.BuiltinOperator.UNSORTED_SEGMENT_PROD;
import static dev.slipway.tflite.BuiltinOperator.UNSORTED_SEGMENT_SUM;
import static dev.slipway.tflite.BuiltinOperator.WHERE;
import static dev.slipway.tflite.BuiltinOperator.WHILE;
import static dev.slipway.tflite.BuiltinOperator.ZEROS_LIKE;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TfliteOperator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many inputs and outputs an operator has, by its kernel's {@code Prepare}. Not every kernel, and not every check of
 * XNNPACK, looks at these numbers before it looks at the tensors.
 */
record OperatorArity(int leastInputs, int mostInputs, int leastOutputs, int mostOutputs) {
    private static final int ANY = Integer.MAX_VALUE;

    private static final List<BuiltinOperator> ONE_INPUT = List.of(
            RELU,
            RELU6,
            RELU_N1_TO_1,
            RELU_0_TO_1,
            LOGISTIC,
            TANH,
            EXP,
            LOG,
            SQRT,
            RSQRT,
            SQUARE,
            ABS,
            NEG,
            SIN,
            COS,
            CEIL,
            FLOOR,
            ROUND,
            SIGN,
            ELU,
            HARD_SWISH,
            LEAKY_RELU,
            GELU,
            SOFTMAX,
            LOG_SOFTMAX,
            L2_NORMALIZATION,
            LOCAL_RESPONSE_NORMALIZATION,
            QUANTIZE,
            DEQUANTIZE,
            CAST,
            BITCAST,
            FAKE_QUANT,
            SHAPE,
            RANK,
            ZEROS_LIKE,
            LOGICAL_NOT,
            AVERAGE_POOL_2D,
            MAX_POOL_2D,
            L2_POOL_2D,
            SQUEEZE,
            DEPTH_TO_SPACE,
            SPACE_TO_DEPTH,
            WHERE,
            IMAG,
            REAL,
            COMPLEX_ABS,
            BUCKETIZE,
            RANDOM_UNIFORM,
            RANDOM_STANDARD_NORMAL);

    private static final List<BuiltinOperator> TWO_INPUTS = List.of(
            ADD,
            SUB,
            MUL,
            DIV,
            MAXIMUM,
            MINIMUM,
            POW,
            FLOOR_DIV,
            FLOOR_MOD,
            SQUARED_DIFFERENCE,
            ATAN2,
            LESS,
            LESS_EQUAL,
            GREATER,
            GREATER_EQUAL,
            EQUAL,
            NOT_EQUAL,
            LOGICAL_AND,
            LOGICAL_OR,
            BITWISE_XOR,
            RIGHT_SHIFT,
            PRELU,
            GATHER,
            GATHER_ND,
            TILE,
            MEAN,
            SUM,
            REDUCE_PROD,
            REDUCE_MAX,
            REDUCE_MIN,
            REDUCE_ANY,
            REDUCE_ALL,
            ARG_MAX,
            ARG_MIN,
            PAD,
            MIRROR_PAD,
            TRANSPOSE,
            RESIZE_BILINEAR,
            RESIZE_NEAREST_NEIGHBOR,
            REVERSE_V2,
            REVERSE_SEQUENCE,
            BATCH_MATMUL,
            CUMSUM,
            BROADCAST_TO,
            BROADCAST_ARGS,
            EXPAND_DIMS,
            FILL,
            RFFT2D,
            EMBEDDING_LOOKUP,
            MULTINOMIAL);

    private static final List<BuiltinOperator> THREE_INPUTS = List.of(
            SELECT,
            SELECT_V2,
            SLICE,
            PADV2,
            RANGE,
            SCATTER_ND,
            DYNAMIC_UPDATE_SLICE,
            SPACE_TO_BATCH_ND,
            BATCH_TO_SPACE_ND,
            UNSORTED_SEGMENT_MAX,
            UNSORTED_SEGMENT_MIN,
            UNSORTED_SEGMENT_PROD,
            UNSORTED_SEGMENT_SUM);

    private static final Map<BuiltinOperator, OperatorArity> ARITIES = arities();

    /** Empty if the operator is not run. */
    static Optional<OperatorArity> of(BuiltinOperator operator) {
        return Optional.ofNullable(ARITIES.get(operator));
    }

    boolean fits(TfliteOperator operator) {
        int inputs = operator.inputs().size();
        int outputs = operator.outputs().size();
        return inputs >= leastInputs && inputs <= mostInputs && outputs >= leastOutputs && outputs <= mostOutputs;
    }

    private static Map<BuiltinOperator, OperatorArity> arities() {
        Map<BuiltinOperator, OperatorArity> arities = new EnumMap<>(BuiltinOperator.class);
        ONE_INPUT.forEach(operator -> arities.put(operator, exactly(1)));
        TWO_INPUTS.forEach(operator -> arities.put(operator, exactly(2)));
        THREE_INPUTS.forEach(operator -> arities.put(operator, exactly(3)));
        List.of(STRIDED_SLICE, ONE_HOT, SPARSE_TO_DENSE).forEach(operator -> arities.put(operator, exactly(4)));
        List.of(SVDF, RNN, UNIDIRECTIONAL_SEQUENCE_RNN).forEach(operator -> arities.put(operator, exactly(5)));
        List.of(RESHAPE, CONCATENATION, PACK, ADD_N)
                .forEach(operator -> arities.put(operator, new OperatorArity(1, operator == RESHAPE ? 2 : ANY, 1, 1)));
        // The built-in kernel reads the bias of DEPTHWISE_CONV_2D unasked (2.20); elsewhere it may be left out.
        arities.put(DEPTHWISE_CONV_2D, exactly(3));
        List.of(CONV_2D, FULLY_CONNECTED, CONV_3D)
                .forEach(operator -> arities.put(operator, new OperatorArity(2, 3, 1, 1)));
        List.of(TRANSPOSE_CONV, CONV_3D_TRANSPOSE)
                .forEach(operator -> arities.put(operator, new OperatorArity(3, 4, 1, 1)));
        arities.put(UNIDIRECTIONAL_SEQUENCE_LSTM, new OperatorArity(20, 24, 1, 1));
        arities.put(BIDIRECTIONAL_SEQUENCE_LSTM, new OperatorArity(48, 48, 1, 2));
        arities.put(BIDIRECTIONAL_SEQUENCE_RNN, new OperatorArity(12, 12, 1, 2));
        arities.put(UNPACK, new OperatorArity(1, 1, 1, ANY));
        arities.put(SPLIT, new OperatorArity(2, 2, 1, ANY));
        arities.put(SPLIT_V, new OperatorArity(3, 3, 1, ANY));
        arities.put(UNIQUE, new OperatorArity(1, 1, 2, 2));
        arities.put(TOPK_V2, new OperatorArity(2, 2, 2, 2));
        arities.put(NON_MAX_SUPPRESSION_V4, new OperatorArity(5, 5, 2, 2));
        arities.put(NON_MAX_SUPPRESSION_V5, new OperatorArity(6, 6, 3, 3));
        arities.put(IF, new OperatorArity(1, ANY, 0, ANY));
        arities.put(WHILE, new OperatorArity(1, ANY, 0, ANY));
        return arities;
    }

    private static OperatorArity exactly(int inputs) {
        return new OperatorArity(inputs, inputs, 1, 1);
    }
}
