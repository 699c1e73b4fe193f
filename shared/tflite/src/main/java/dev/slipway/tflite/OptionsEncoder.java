package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.OperatorOptions.Arithmetic;
import dev.slipway.tflite.OperatorOptions.BatchMatMul;
import dev.slipway.tflite.OperatorOptions.Concatenation;
import dev.slipway.tflite.OperatorOptions.Convolution;
import dev.slipway.tflite.OperatorOptions.DepthwiseConvolution;
import dev.slipway.tflite.OperatorOptions.FullyConnected;
import dev.slipway.tflite.OperatorOptions.LeakyRelu;
import dev.slipway.tflite.OperatorOptions.None;
import dev.slipway.tflite.OperatorOptions.Pooling;
import dev.slipway.tflite.OperatorOptions.Reduction;
import dev.slipway.tflite.OperatorOptions.Reshape;
import dev.slipway.tflite.OperatorOptions.Softmax;
import org.tensorflow.lite.schema.AddOptionsT;
import org.tensorflow.lite.schema.BatchMatMulOptionsT;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.ConcatenationOptionsT;
import org.tensorflow.lite.schema.Conv2DOptionsT;
import org.tensorflow.lite.schema.DepthwiseConv2DOptionsT;
import org.tensorflow.lite.schema.DivOptionsT;
import org.tensorflow.lite.schema.FullyConnectedOptionsT;
import org.tensorflow.lite.schema.LeakyReluOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;
import org.tensorflow.lite.schema.Pool2DOptionsT;
import org.tensorflow.lite.schema.ReducerOptionsT;
import org.tensorflow.lite.schema.ReshapeOptionsT;
import org.tensorflow.lite.schema.SoftmaxOptionsT;
import org.tensorflow.lite.schema.SubOptionsT;

/** Maps our options to the schema's object form. */
final class OptionsEncoder {
    private OptionsEncoder() {}

    static BuiltinOptionsUnion encode(BuiltinOperator operator, OperatorOptions options) {
        if (options instanceof None) {
            return union(BuiltinOptions.NONE, null);
        } else if (options instanceof Convolution from) {
            Conv2DOptionsT to = new Conv2DOptionsT();
            to.setPadding((byte) from.padding().code());
            to.setStrideH(from.strideHeight());
            to.setStrideW(from.strideWidth());
            to.setDilationHFactor(from.dilationHeight());
            to.setDilationWFactor(from.dilationWidth());
            to.setFusedActivationFunction(code(from.activation()));
            return union(BuiltinOptions.Conv2DOptions, to);
        } else if (options instanceof DepthwiseConvolution from) {
            DepthwiseConv2DOptionsT to = new DepthwiseConv2DOptionsT();
            to.setPadding((byte) from.padding().code());
            to.setStrideH(from.strideHeight());
            to.setStrideW(from.strideWidth());
            to.setDilationHFactor(from.dilationHeight());
            to.setDilationWFactor(from.dilationWidth());
            to.setDepthMultiplier(from.multiplier());
            to.setFusedActivationFunction(code(from.activation()));
            return union(BuiltinOptions.DepthwiseConv2DOptions, to);
        } else if (options instanceof Pooling from) {
            Pool2DOptionsT to = new Pool2DOptionsT();
            to.setPadding((byte) from.padding().code());
            to.setStrideH(from.strideHeight());
            to.setStrideW(from.strideWidth());
            to.setFilterHeight(from.filterHeight());
            to.setFilterWidth(from.filterWidth());
            to.setFusedActivationFunction(code(from.activation()));
            return union(BuiltinOptions.Pool2DOptions, to);
        } else if (options instanceof FullyConnected from) {
            FullyConnectedOptionsT to = new FullyConnectedOptionsT();
            to.setKeepNumDims(from.keepDimensions());
            to.setFusedActivationFunction(code(from.activation()));
            return union(BuiltinOptions.FullyConnectedOptions, to);
        } else if (options instanceof Arithmetic from) {
            return arithmetic(operator, code(from.activation()));
        } else if (options instanceof Concatenation from) {
            ConcatenationOptionsT to = new ConcatenationOptionsT();
            to.setAxis(from.axis());
            return union(BuiltinOptions.ConcatenationOptions, to);
        } else if (options instanceof Softmax from) {
            SoftmaxOptionsT to = new SoftmaxOptionsT();
            to.setBeta(from.beta());
            return union(BuiltinOptions.SoftmaxOptions, to);
        } else if (options instanceof Reshape from) {
            ReshapeOptionsT to = new ReshapeOptionsT();
            to.setNewShape(from.shape().stream().mapToInt(Integer::intValue).toArray());
            return union(BuiltinOptions.ReshapeOptions, to);
        } else if (options instanceof Reduction from) {
            ReducerOptionsT to = new ReducerOptionsT();
            to.setKeepDims(from.keepDimensions());
            return union(BuiltinOptions.ReducerOptions, to);
        } else if (options instanceof BatchMatMul from) {
            BatchMatMulOptionsT to = new BatchMatMulOptionsT();
            to.setAdjX(from.transposeLeft());
            to.setAdjY(from.transposeRight());
            return union(BuiltinOptions.BatchMatMulOptions, to);
        } else if (options instanceof LeakyRelu from) {
            LeakyReluOptionsT to = new LeakyReluOptionsT();
            to.setAlpha(from.alpha());
            return union(BuiltinOptions.LeakyReluOptions, to);
        }
        throw SlipwayException.unsupported(
                "tflite.options", "The settings of " + operator + " can't be written: " + options + ".");
    }

    private static BuiltinOptionsUnion arithmetic(BuiltinOperator operator, byte activation) {
        switch (operator) {
            case ADD -> {
                AddOptionsT to = new AddOptionsT();
                to.setFusedActivationFunction(activation);
                return union(BuiltinOptions.AddOptions, to);
            }
            case SUB -> {
                SubOptionsT to = new SubOptionsT();
                to.setFusedActivationFunction(activation);
                return union(BuiltinOptions.SubOptions, to);
            }
            case MUL -> {
                MulOptionsT to = new MulOptionsT();
                to.setFusedActivationFunction(activation);
                return union(BuiltinOptions.MulOptions, to);
            }
            case DIV -> {
                DivOptionsT to = new DivOptionsT();
                to.setFusedActivationFunction(activation);
                return union(BuiltinOptions.DivOptions, to);
            }
            default ->
                throw SlipwayException.unsupported(
                        "tflite.options", operator + " does not take the settings of arithmetic operators.");
        }
    }

    private static BuiltinOptionsUnion union(byte type, Object value) {
        BuiltinOptionsUnion union = new BuiltinOptionsUnion();
        union.setType(type);
        union.setValue(value);
        return union;
    }

    private static byte code(Activation activation) {
        return (byte) activation.code();
    }
}
