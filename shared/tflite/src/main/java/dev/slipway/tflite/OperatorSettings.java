package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.OperatorOptions.CallOnce;
import dev.slipway.tflite.OperatorOptions.Convolution;
import dev.slipway.tflite.OperatorOptions.DepthToSpace;
import dev.slipway.tflite.OperatorOptions.DepthwiseConvolution;
import dev.slipway.tflite.OperatorOptions.FakeQuantization;
import dev.slipway.tflite.OperatorOptions.If;
import dev.slipway.tflite.OperatorOptions.LocalResponseNormalization;
import dev.slipway.tflite.OperatorOptions.None;
import dev.slipway.tflite.OperatorOptions.Pack;
import dev.slipway.tflite.OperatorOptions.Pooling;
import dev.slipway.tflite.OperatorOptions.SpaceToDepth;
import dev.slipway.tflite.OperatorOptions.SpatialConvolution;
import dev.slipway.tflite.OperatorOptions.Split;
import dev.slipway.tflite.OperatorOptions.Svdf;
import dev.slipway.tflite.OperatorOptions.TransposedConvolution;
import dev.slipway.tflite.OperatorOptions.Unpack;
import dev.slipway.tflite.OperatorOptions.While;
import java.util.List;
import java.util.Map;

/** Settings without which a kernel divides by zero, or follows a subgraph that is not there. */
public final class OperatorSettings {
    // Beyond this, products of a stride or dilation and a length leave the range of the kernels' numbers.
    private static final int HIGHEST = 1 << 16;

    private static final Map<BuiltinOperator, Class<? extends OperatorOptions>> NEEDED = Map.ofEntries(
            Map.entry(BuiltinOperator.CONV_2D, Convolution.class),
            Map.entry(BuiltinOperator.DEPTHWISE_CONV_2D, DepthwiseConvolution.class),
            Map.entry(BuiltinOperator.TRANSPOSE_CONV, TransposedConvolution.class),
            Map.entry(BuiltinOperator.CONV_3D, SpatialConvolution.class),
            Map.entry(BuiltinOperator.CONV_3D_TRANSPOSE, SpatialConvolution.class),
            Map.entry(BuiltinOperator.AVERAGE_POOL_2D, Pooling.class),
            Map.entry(BuiltinOperator.MAX_POOL_2D, Pooling.class),
            Map.entry(BuiltinOperator.L2_POOL_2D, Pooling.class),
            Map.entry(BuiltinOperator.SPACE_TO_DEPTH, SpaceToDepth.class),
            Map.entry(BuiltinOperator.DEPTH_TO_SPACE, DepthToSpace.class),
            Map.entry(BuiltinOperator.SPLIT, Split.class),
            Map.entry(BuiltinOperator.SPLIT_V, Split.class),
            Map.entry(BuiltinOperator.PACK, Pack.class),
            Map.entry(BuiltinOperator.UNPACK, Unpack.class),
            Map.entry(BuiltinOperator.SVDF, Svdf.class),
            Map.entry(BuiltinOperator.IF, If.class),
            Map.entry(BuiltinOperator.WHILE, While.class),
            Map.entry(BuiltinOperator.CALL_ONCE, CallOnce.class));

    private OperatorSettings() {}

    /** Fails with {@code tflite.settings} if the operator can't be run with its settings. */
    public static void check(TfliteOperator operator) {
        OperatorOptions options = operator.options();
        Class<? extends OperatorOptions> needed = NEEDED.get(operator.operator());
        if (needed == null) {
            if (!(options instanceof None) && !OptionsCodecs.isKnown(operator.operator(), options)) {
                throw unusable(operator, "does not take such settings");
            }
        } else if (!needed.isInstance(options)) {
            throw unusable(operator, "needs settings of its own");
        }
        for (int number : positive(options)) {
            if (number < 1 || number > HIGHEST) {
                throw unusable(operator, "can't work with the number " + number);
            }
        }
        if (options instanceof LocalResponseNormalization local && local.radius() < 0) {
            throw unusable(operator, "can't work with the radius " + local.radius());
        }
        if (options instanceof FakeQuantization fake && (fake.bits() < 2 || fake.bits() > Short.SIZE)) {
            throw unusable(operator, "can't work with " + fake.bits() + " bits");
        }
        checkCounts(operator, options);
    }

    private static List<Integer> positive(OperatorOptions options) {
        if (options instanceof Convolution of) {
            return List.of(of.strideHeight(), of.strideWidth(), of.dilationHeight(), of.dilationWidth());
        } else if (options instanceof DepthwiseConvolution of) {
            // The multiplier is only informative: kernels take it from the shapes.
            return List.of(of.strideHeight(), of.strideWidth(), of.dilationHeight(), of.dilationWidth());
        } else if (options instanceof TransposedConvolution of) {
            return List.of(of.strideHeight(), of.strideWidth());
        } else if (options instanceof SpatialConvolution of) {
            return List.of(
                    of.strideDepth(),
                    of.strideHeight(),
                    of.strideWidth(),
                    of.dilationDepth(),
                    of.dilationHeight(),
                    of.dilationWidth());
        } else if (options instanceof Pooling of) {
            return List.of(of.strideHeight(), of.strideWidth(), of.filterHeight(), of.filterWidth());
        } else if (options instanceof SpaceToDepth of) {
            return List.of(of.block());
        } else if (options instanceof DepthToSpace of) {
            return List.of(of.block());
        } else if (options instanceof Svdf of) {
            return List.of(of.rank());
        }
        return List.of();
    }

    private static void checkCounts(TfliteOperator operator, OperatorOptions options) {
        if (options instanceof Split split
                && split.parts() != operator.outputs().size()) {
            throw unusable(operator, "has not as many outputs as it splits into");
        } else if (options instanceof Unpack unpack
                && unpack.values() != operator.outputs().size()) {
            throw unusable(operator, "has not as many outputs as it unpacks");
        } else if (options instanceof Pack pack
                && pack.values() != operator.inputs().size()) {
            throw unusable(operator, "has not as many inputs as it packs");
        }
    }

    private static SlipwayException unusable(TfliteOperator operator, String why) {
        return SlipwayException.invalid(
                "tflite.settings",
                "The TFLite model can't be run: its " + operator.operator() + " " + why + " (" + operator.options()
                        + ").");
    }
}
