package dev.slipway.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.Map;
import org.tensorflow.lite.schema.BuiltinOptions;

/** Tables of options without a field: kernels ignore them, but TFLite's own converter writes them. */
final class EmptyOptions {
    private static final Map<BuiltinOperator, Byte> TABLES = Map.ofEntries(
            Map.entry(BuiltinOperator.DEQUANTIZE, BuiltinOptions.DequantizeOptions),
            Map.entry(BuiltinOperator.PAD, BuiltinOptions.PadOptions),
            Map.entry(BuiltinOperator.BATCH_TO_SPACE_ND, BuiltinOptions.BatchToSpaceNDOptions),
            Map.entry(BuiltinOperator.SPACE_TO_BATCH_ND, BuiltinOptions.SpaceToBatchNDOptions),
            Map.entry(BuiltinOperator.TRANSPOSE, BuiltinOptions.TransposeOptions),
            Map.entry(BuiltinOperator.EXP, BuiltinOptions.ExpOptions),
            Map.entry(BuiltinOperator.TOPK_V2, BuiltinOptions.TopKV2Options),
            Map.entry(BuiltinOperator.LOG_SOFTMAX, BuiltinOptions.LogSoftmaxOptions),
            Map.entry(BuiltinOperator.MAXIMUM, BuiltinOptions.MaximumMinimumOptions),
            Map.entry(BuiltinOperator.MINIMUM, BuiltinOptions.MaximumMinimumOptions),
            Map.entry(BuiltinOperator.LESS, BuiltinOptions.LessOptions),
            Map.entry(BuiltinOperator.NEG, BuiltinOptions.NegOptions),
            Map.entry(BuiltinOperator.PADV2, BuiltinOptions.PadV2Options),
            Map.entry(BuiltinOperator.GREATER, BuiltinOptions.GreaterOptions),
            Map.entry(BuiltinOperator.GREATER_EQUAL, BuiltinOptions.GreaterEqualOptions),
            Map.entry(BuiltinOperator.LESS_EQUAL, BuiltinOptions.LessEqualOptions),
            Map.entry(BuiltinOperator.SELECT, BuiltinOptions.SelectOptions),
            Map.entry(BuiltinOperator.SLICE, BuiltinOptions.SliceOptions),
            Map.entry(BuiltinOperator.TILE, BuiltinOptions.TileOptions),
            Map.entry(BuiltinOperator.EXPAND_DIMS, BuiltinOptions.ExpandDimsOptions),
            Map.entry(BuiltinOperator.EQUAL, BuiltinOptions.EqualOptions),
            Map.entry(BuiltinOperator.NOT_EQUAL, BuiltinOptions.NotEqualOptions),
            Map.entry(BuiltinOperator.POW, BuiltinOptions.PowOptions),
            Map.entry(BuiltinOperator.LOGICAL_OR, BuiltinOptions.LogicalOrOptions),
            Map.entry(BuiltinOperator.LOGICAL_AND, BuiltinOptions.LogicalAndOptions),
            Map.entry(BuiltinOperator.LOGICAL_NOT, BuiltinOptions.LogicalNotOptions),
            Map.entry(BuiltinOperator.FLOOR_DIV, BuiltinOptions.FloorDivOptions),
            Map.entry(BuiltinOperator.SQUARE, BuiltinOptions.SquareOptions),
            Map.entry(BuiltinOperator.ZEROS_LIKE, BuiltinOptions.ZerosLikeOptions),
            Map.entry(BuiltinOperator.FILL, BuiltinOptions.FillOptions),
            Map.entry(BuiltinOperator.FLOOR_MOD, BuiltinOptions.FloorModOptions),
            Map.entry(BuiltinOperator.RANGE, BuiltinOptions.RangeOptions),
            Map.entry(BuiltinOperator.SQUARED_DIFFERENCE, BuiltinOptions.SquaredDifferenceOptions),
            Map.entry(BuiltinOperator.ABS, BuiltinOptions.AbsOptions),
            Map.entry(BuiltinOperator.REVERSE_V2, BuiltinOptions.ReverseV2Options),
            Map.entry(BuiltinOperator.ADD_N, BuiltinOptions.AddNOptions),
            Map.entry(BuiltinOperator.GATHER_ND, BuiltinOptions.GatherNdOptions),
            Map.entry(BuiltinOperator.COS, BuiltinOptions.CosOptions),
            Map.entry(BuiltinOperator.WHERE, BuiltinOptions.WhereOptions),
            Map.entry(BuiltinOperator.RANK, BuiltinOptions.RankOptions),
            Map.entry(BuiltinOperator.MATRIX_DIAG, BuiltinOptions.MatrixDiagOptions),
            Map.entry(BuiltinOperator.QUANTIZE, BuiltinOptions.QuantizeOptions),
            Map.entry(BuiltinOperator.MATRIX_SET_DIAG, BuiltinOptions.MatrixSetDiagOptions),
            Map.entry(BuiltinOperator.HARD_SWISH, BuiltinOptions.HardSwishOptions),
            Map.entry(BuiltinOperator.NON_MAX_SUPPRESSION_V4, BuiltinOptions.NonMaxSuppressionV4Options),
            Map.entry(BuiltinOperator.NON_MAX_SUPPRESSION_V5, BuiltinOptions.NonMaxSuppressionV5Options),
            Map.entry(BuiltinOperator.SCATTER_ND, BuiltinOptions.ScatterNdOptions),
            Map.entry(BuiltinOperator.SELECT_V2, BuiltinOptions.SelectV2Options),
            Map.entry(BuiltinOperator.DENSIFY, BuiltinOptions.DensifyOptions),
            Map.entry(BuiltinOperator.SEGMENT_SUM, BuiltinOptions.SegmentSumOptions),
            Map.entry(BuiltinOperator.BROADCAST_TO, BuiltinOptions.BroadcastToOptions),
            Map.entry(BuiltinOperator.RFFT2D, BuiltinOptions.Rfft2dOptions),
            Map.entry(BuiltinOperator.HASHTABLE_FIND, BuiltinOptions.HashtableFindOptions),
            Map.entry(BuiltinOperator.HASHTABLE_IMPORT, BuiltinOptions.HashtableImportOptions),
            Map.entry(BuiltinOperator.HASHTABLE_SIZE, BuiltinOptions.HashtableSizeOptions),
            Map.entry(BuiltinOperator.READ_VARIABLE, BuiltinOptions.ReadVariableOptions),
            Map.entry(BuiltinOperator.ASSIGN_VARIABLE, BuiltinOptions.AssignVariableOptions),
            Map.entry(BuiltinOperator.DYNAMIC_UPDATE_SLICE, BuiltinOptions.DynamicUpdateSliceOptions),
            Map.entry(BuiltinOperator.UNSORTED_SEGMENT_PROD, BuiltinOptions.UnsortedSegmentProdOptions),
            Map.entry(BuiltinOperator.UNSORTED_SEGMENT_MAX, BuiltinOptions.UnsortedSegmentMaxOptions),
            Map.entry(BuiltinOperator.UNSORTED_SEGMENT_SUM, BuiltinOptions.UnsortedSegmentSumOptions),
            Map.entry(BuiltinOperator.ATAN2, BuiltinOptions.ATan2Options),
            Map.entry(BuiltinOperator.UNSORTED_SEGMENT_MIN, BuiltinOptions.UnsortedSegmentMinOptions),
            Map.entry(BuiltinOperator.SIGN, BuiltinOptions.SignOptions),
            Map.entry(BuiltinOperator.BITCAST, BuiltinOptions.BitcastOptions),
            Map.entry(BuiltinOperator.BITWISE_XOR, BuiltinOptions.BitwiseXorOptions),
            Map.entry(BuiltinOperator.RIGHT_SHIFT, BuiltinOptions.RightShiftOptions));

    private EmptyOptions() {}

    static boolean isEmpty(byte table) {
        return TABLES.containsValue(table);
    }

    static OptionsCodecs.Written write(FlatBufferBuilder builder, BuiltinOperator operator) {
        Byte table = TABLES.get(operator);
        if (table == null) {
            return new OptionsCodecs.Written(BuiltinOptions.NONE, 0);
        }
        builder.startTable(0);
        return new OptionsCodecs.Written(table, builder.endTable());
    }
}
