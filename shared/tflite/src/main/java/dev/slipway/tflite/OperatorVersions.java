package dev.slipway.tflite;

import java.util.List;

/**
 * The lowest revision of an operator that knows what a float32 use of it needs, by the rules of TFLite's
 * {@code op_version.cc}. A lower number would be refused or run wrongly, a higher one would shut out older runtimes.
 */
public final class OperatorVersions {
    private static final int PLAIN_RANK = 4;

    private OperatorVersions() {}

    /** The version for these input shapes; an absent optional input has none. */
    public static int of(BuiltinOperator operator, OperatorOptions options, List<List<Integer>> inputs) {
        int rank = inputs.stream().mapToInt(List::size).max().orElse(0);
        boolean broadcast = inputs.stream().distinct().count() > 1;
        return switch (operator) {
            case CONV_2D -> grouped(inputs) ? 6 : 1;
            case DEPTHWISE_CONV_2D -> dilated(options) ? 2 : 1;
            case FULLY_CONNECTED -> fullyConnected(options, inputs.size());
            case SUB, MAXIMUM, MINIMUM -> broadcast && rank > PLAIN_RANK ? 3 : 1;
            case DIV -> broadcast && rank > PLAIN_RANK ? 2 : 1;
            case TRANSPOSE -> rank > PLAIN_RANK + 1 ? 6 : rank > PLAIN_RANK ? 4 : 1;
            case PAD, PADV2 -> rank > PLAIN_RANK ? 3 : 1;
            default -> 1;
        };
    }

    private static boolean grouped(List<List<Integer>> inputs) {
        // NHWC input against OHWI filter: fewer channels in the filter mean groups.
        return !inputs.get(0).get(3).equals(inputs.get(1).get(3));
    }

    private static boolean dilated(OperatorOptions options) {
        return options instanceof OperatorOptions.DepthwiseConvolution convolution
                && (convolution.dilationHeight() != 1 || convolution.dilationWidth() != 1);
    }

    private static int fullyConnected(OperatorOptions options, int inputs) {
        if (inputs == 2) {
            return 6;
        }
        return options instanceof OperatorOptions.FullyConnected settings && settings.keepDimensions() ? 5 : 1;
    }
}
