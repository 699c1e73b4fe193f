package dev.slipway.tflite;

import static dev.slipway.tflite.OperatorVersions.isManyAxes;
import static dev.slipway.tflite.TensorType.BOOL;
import static dev.slipway.tflite.TensorType.FLOAT16;
import static dev.slipway.tflite.TensorType.INT16;
import static dev.slipway.tflite.TensorType.INT32;
import static dev.slipway.tflite.TensorType.INT4;
import static dev.slipway.tflite.TensorType.INT64;
import static dev.slipway.tflite.TensorType.INT8;
import static dev.slipway.tflite.TensorType.STRING;
import static dev.slipway.tflite.TensorType.UINT32;
import static dev.slipway.tflite.TensorType.UINT8;

/** Versions of operators that move, choose or make elements. */
final class ArrangementVersions {
    private static final int IMAGE_RANK = 4;

    private ArrangementVersions() {}

    static int of(BuiltinOperator operator, OperatorUse use) {
        return switch (operator) {
            case TRANSPOSE -> transpose(use);
            case PAD, PADV2 -> isManyAxes(use.rank(0)) ? 4 : OperatorVersions.narrow(use);
            case SLICE -> slice(use);
            case STRIDED_SLICE -> stridedSlice(use);
            case GATHER -> gather(use);
            case GATHER_ND ->
                use.input(0, BOOL)
                        ? 5
                        : use.input(1, INT16) ? 4 : use.input(0, INT16) ? 3 : use.input(0, STRING) ? 2 : 1;
            case CONCATENATION -> use.input(0, UINT32) ? 4 : OperatorVersions.narrow(use);
            case PACK -> use.input(0, UINT32) ? 4 : OperatorVersions.narrow(use);
            case UNPACK -> use.input(0, INT16) ? 4 : use.input(0, BOOL) ? 3 : use.input(0, INT8, UINT8) ? 2 : 1;
            // The first input is the axis.
            case SPLIT -> use.input(1, INT16) ? 4 : use.input(1, INT32) ? 3 : use.input(1, INT8) ? 2 : 1;
            case SPLIT_V, SPACE_TO_DEPTH, DEPTH_TO_SPACE -> use.input(0, INT8) ? 2 : 1;
            case SPACE_TO_BATCH_ND, BATCH_TO_SPACE_ND ->
                use.input(0, INT16) ? 4 : use.rank(0) != IMAGE_RANK ? 3 : use.input(0, INT8) ? 2 : 1;
            case REVERSE_V2 -> use.input(0, INT8) ? 3 : use.input(0, BOOL) ? 2 : 1;
            case RESIZE_BILINEAR, RESIZE_NEAREST_NEIGHBOR -> resize(operator, use);
            case TILE -> use.input(0, INT8) ? 3 : use.input(0, STRING) ? 2 : 1;
            case SQUEEZE -> use.input(0, STRING) ? 2 : 1;
            case FILL -> use.input(1, FLOAT16) ? 4 : use.input(1, INT8, INT16) ? 3 : use.input(1, BOOL, STRING) ? 2 : 1;
            case BROADCAST_TO -> use.input(0, INT8, INT16) ? 3 : 2;
            case SELECT -> select(use);
            case SELECT_V2 -> use.input(1, UINT32) ? 2 : 1;
            case SPARSE_TO_DENSE -> use.input(2, INT8, UINT8) ? 3 : use.input(2, INT64) ? 2 : 1;
            case DYNAMIC_UPDATE_SLICE -> use.input(2, INT64) ? 2 : 1;
            case ARG_MAX, ARG_MIN -> use.input(0, BOOL) ? 3 : use.input(0, INT8) ? 2 : 1;
            case TOPK_V2 ->
                use.input(0, INT16) || use.input(1, INT16) || use.output(1, INT16) ? 3 : use.input(0, INT8) ? 2 : 1;
            case RANGE -> use.input(0, INT64) ? 2 : 1;
            case WHERE -> use.input(0, BOOL) ? 1 : 2;
            default -> 1;
        };
    }

    private static int transpose(OperatorUse use) {
        if (use.input(0, INT4)) {
            return 7;
        } else if (isManyAxes(use.rank(0) - 1)) {
            return 6;
        } else if (use.input(0, INT16)) {
            return 5;
        }
        return isManyAxes(use.rank(0)) ? 4 : use.input(0, BOOL) ? 3 : use.input(0, INT8) ? 2 : 1;
    }

    private static int slice(OperatorUse use) {
        if (use.input(0, UINT32)) {
            return 6;
        } else if (isManyAxes(use.rank(0))) {
            return 5;
        }
        return use.input(0, INT16) ? 4 : use.input(0, STRING) ? 3 : use.input(0, INT8) ? 2 : 1;
    }

    private static int stridedSlice(OperatorUse use) {
        if (use.options() instanceof OperatorOptions.StridedSlice settings) {
            if (settings.offset()) {
                return 8;
            } else if (!use.input(0, UINT32) && (settings.ellipsisMask() != 0 || settings.newAxisMask() != 0)) {
                return 6;
            }
        }
        if (use.input(0, UINT32)) {
            return 7;
        } else if (use.input(0, STRING)) {
            return 5;
        }
        return isManyAxes(use.rank(0)) ? 4 : use.input(0, BOOL) ? 3 : use.input(0, INT8) ? 2 : 1;
    }

    private static int gather(OperatorUse use) {
        if (use.input(0, INT4)) {
            return 7;
        } else if (use.input(1, INT16)) {
            return 6;
        } else if (use.options() instanceof OperatorOptions.Gather settings && settings.batchDimensions() != 0) {
            return 5;
        }
        return use.input(0, INT16) ? 4 : use.input(0, BOOL) ? 3 : use.input(0, INT8) ? 2 : 1;
    }

    private static int resize(BuiltinOperator operator, OperatorUse use) {
        if (use.input(0, INT16)) {
            return 4;
        }
        boolean nearest = operator == BuiltinOperator.RESIZE_NEAREST_NEIGHBOR;
        boolean newer = use.options() instanceof OperatorOptions.Resize settings
                && (settings.halfPixelCenters() || (nearest && settings.alignCorners()));
        return newer ? 3 : use.input(0, INT8) ? 2 : 1;
    }

    private static int select(OperatorUse use) {
        if (use.input(1, UINT32)) {
            return 4;
        }
        return isManyAxes(use.highestRank()) ? 3 : use.input(1, INT8) ? 2 : 1;
    }
}
