package dev.slipway.tflite;

import com.google.flatbuffers.Table;
import dev.slipway.kernel.SlipwayException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.BatchMatMulOptions;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.ConcatenationOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.DivOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.LeakyReluOptions;
import org.tensorflow.lite.schema.MulOptions;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ReducerOptions;
import org.tensorflow.lite.schema.ReshapeOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;
import org.tensorflow.lite.schema.SubOptions;

/**
 * Reads an operator's options in place. The schema's object form would allocate whatever length a hostile file claims.
 */
final class OptionsDecoder {
    private static final int HIGHEST_RANK = 64;

    private OptionsDecoder() {}

    static OperatorOptions decode(Operator operator) {
        byte type = operator.builtinOptionsType();
        return switch (type) {
            case BuiltinOptions.NONE -> new OperatorOptions.None();
            case BuiltinOptions.Conv2DOptions -> convolution(table(operator, new Conv2DOptions()));
            case BuiltinOptions.DepthwiseConv2DOptions -> depthwise(table(operator, new DepthwiseConv2DOptions()));
            case BuiltinOptions.Pool2DOptions -> pooling(table(operator, new Pool2DOptions()));
            case BuiltinOptions.FullyConnectedOptions -> {
                FullyConnectedOptions from = table(operator, new FullyConnectedOptions());
                yield new OperatorOptions.FullyConnected(
                        from.keepNumDims(), activation(from.fusedActivationFunction()));
            }
            case BuiltinOptions.AddOptions ->
                arithmetic(table(operator, new AddOptions()).fusedActivationFunction());
            case BuiltinOptions.SubOptions ->
                arithmetic(table(operator, new SubOptions()).fusedActivationFunction());
            case BuiltinOptions.MulOptions ->
                arithmetic(table(operator, new MulOptions()).fusedActivationFunction());
            case BuiltinOptions.DivOptions ->
                arithmetic(table(operator, new DivOptions()).fusedActivationFunction());
            case BuiltinOptions.ConcatenationOptions ->
                new OperatorOptions.Concatenation(
                        table(operator, new ConcatenationOptions()).axis());
            case BuiltinOptions.SoftmaxOptions ->
                new OperatorOptions.Softmax(
                        table(operator, new SoftmaxOptions()).beta());
            case BuiltinOptions.ReshapeOptions -> reshape(table(operator, new ReshapeOptions()));
            case BuiltinOptions.ReducerOptions ->
                new OperatorOptions.Reduction(
                        table(operator, new ReducerOptions()).keepDims());
            case BuiltinOptions.BatchMatMulOptions -> {
                BatchMatMulOptions from = table(operator, new BatchMatMulOptions());
                yield new OperatorOptions.BatchMatMul(from.adjX(), from.adjY());
            }
            case BuiltinOptions.LeakyReluOptions ->
                new OperatorOptions.LeakyRelu(
                        table(operator, new LeakyReluOptions()).alpha());
            default -> new OperatorOptions.Other(Byte.toUnsignedInt(type));
        };
    }

    private static OperatorOptions convolution(Conv2DOptions from) {
        return new OperatorOptions.Convolution(
                padding(from.padding()),
                from.strideH(),
                from.strideW(),
                from.dilationHFactor(),
                from.dilationWFactor(),
                activation(from.fusedActivationFunction()));
    }

    private static OperatorOptions depthwise(DepthwiseConv2DOptions from) {
        return new OperatorOptions.DepthwiseConvolution(
                padding(from.padding()),
                from.strideH(),
                from.strideW(),
                from.dilationHFactor(),
                from.dilationWFactor(),
                from.depthMultiplier(),
                activation(from.fusedActivationFunction()));
    }

    private static OperatorOptions pooling(Pool2DOptions from) {
        return new OperatorOptions.Pooling(
                padding(from.padding()),
                from.strideH(),
                from.strideW(),
                from.filterHeight(),
                from.filterWidth(),
                activation(from.fusedActivationFunction()));
    }

    private static OperatorOptions arithmetic(byte activation) {
        return new OperatorOptions.Arithmetic(activation(activation));
    }

    private static OperatorOptions reshape(ReshapeOptions from) {
        if (from.newShapeLength() > HIGHEST_RANK) {
            throw malformed("a reshape to rank " + from.newShapeLength());
        }
        List<Integer> shape = IntStream.range(0, from.newShapeLength())
                .map(from::newShape)
                .boxed()
                .toList();
        return new OperatorOptions.Reshape(shape);
    }

    private static <T extends Table> T table(Operator operator, T empty) {
        if (operator.builtinOptions(empty) == null) {
            throw malformed("an operator without the settings that it announces");
        }
        return empty;
    }

    private static Padding padding(byte code) {
        return code == Padding.SAME.code() ? Padding.SAME : Padding.VALID;
    }

    private static Activation activation(byte code) {
        return Arrays.stream(Activation.values())
                .filter(activation -> activation.code() == code)
                .findFirst()
                .orElseThrow(() -> malformed("number " + code + " as an activation function"));
    }

    private static SlipwayException malformed(String what) {
        return SlipwayException.invalid("tflite.malformed", "The TFLite file is malformed: it has " + what + ".");
    }
}
