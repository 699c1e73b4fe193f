package dev.slipway.tflite;

import static dev.slipway.tflite.TensorType.FLOAT32;
import static dev.slipway.tflite.TensorType.INT16;
import static dev.slipway.tflite.TensorType.INT4;
import static dev.slipway.tflite.TensorType.INT8;

import dev.slipway.tflite.OperatorOptions.FullyConnected;

/** Versions of operators that multiply by weights. */
final class ProductVersions {
    private static final int CHANNELS = 3;
    private static final int BIAS_OF_TRANSPOSED = 3;

    private ProductVersions() {}

    static int of(BuiltinOperator operator, OperatorUse use) {
        return switch (operator) {
            case CONV_2D -> convolution(use);
            case DEPTHWISE_CONV_2D -> depthwise(use);
            case TRANSPOSE_CONV -> transposed(use);
            case FULLY_CONNECTED -> fullyConnected(use);
            case BATCH_MATMUL -> batchMatMul(use);
            // EMBEDDING_LOOKUP: the table is the second input.
            default -> use.input(1, INT4) || use.isPerChannel(1) ? 4 : use.input(1, INT8) ? 3 : 1;
        };
    }

    private static int convolution(OperatorUse use) {
        if (use.isIntegers(INT8, 1, INT4)) {
            return 7;
        } else if (isGrouped(use)) {
            return 6;
        } else if (use.isHybrid(1)) {
            return use.isPerChannel(1) ? 5 : 2;
        }
        return isSixteenBits(use) ? 4 : use.isIntegers(INT8, 1, INT8) ? 3 : 1;
    }

    private static boolean isGrouped(OperatorUse use) {
        // NHWC input against OHWI filter: fewer channels in the filter mean groups.
        return use.rank(0) > CHANNELS
                && use.rank(1) > CHANNELS
                && !use.tensor(0)
                        .shape()
                        .get(CHANNELS)
                        .equals(use.tensor(1).shape().get(CHANNELS));
    }

    private static int depthwise(OperatorUse use) {
        if (use.isIntegers(INT8, 1, INT4)) {
            return 7;
        } else if (use.isHybrid(1)) {
            return use.isPerChannel(1) ? 6 : 4;
        } else if (isSixteenBits(use)) {
            return 5;
        } else if (use.isIntegers(INT8, 1, INT8)) {
            return 3;
        }
        return use.options() instanceof OperatorOptions.DepthwiseConvolution settings
                        && (settings.dilationHeight() != 1 || settings.dilationWidth() != 1)
                ? 2
                : 1;
    }

    private static int transposed(OperatorUse use) {
        if (use.options() instanceof OperatorOptions.TransposedConvolution settings
                && settings.activation() != Activation.NONE) {
            return 4;
        }
        // The first input is the output's shape, the second the weights.
        return use.present(BIAS_OF_TRANSPOSED) ? 3 : use.input(1, INT8) ? 2 : 1;
    }

    private static int fullyConnected(OperatorUse use) {
        FullyConnected settings =
                use.options() instanceof FullyConnected given ? given : new FullyConnected(false, Activation.NONE);
        if (use.isIntegers(INT16, 1, INT4)) {
            return 13;
        } else if (use.isHybrid(1) && use.isPerChannel(1)) {
            return 12;
        } else if (use.input(1, INT4)) {
            return 10;
        } else if (use.isHybrid(1) && settings.asymmetricQuantizeInputs()) {
            return 9;
        } else if (isSixteenBits(use)) {
            return 7;
        } else if (!use.present(2)) {
            return 6;
        } else if (settings.keepDimensions()) {
            return 5;
        }
        return use.isIntegers(INT8, 1, INT8) ? 4 : use.isHybrid(1) ? 3 : 1;
    }

    private static int batchMatMul(OperatorUse use) {
        if (use.input(0, FLOAT32) && use.input(1, INT8)) {
            return use.options() instanceof OperatorOptions.BatchMatMul settings && settings.asymmetricQuantizeInputs()
                    ? 4
                    : 1;
        }
        return OperatorVersions.narrow(use);
    }

    private static boolean isSixteenBits(OperatorUse use) {
        return use.input(0, INT16) && use.input(1, INT16, INT8) && use.output(0, INT16);
    }
}
