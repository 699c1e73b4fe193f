package dev.slipway.tflite;

import static dev.slipway.tflite.Tables.activation;
import static dev.slipway.tflite.Tables.code;

import dev.slipway.tflite.OperatorOptions.Arithmetic;
import dev.slipway.tflite.OperatorOptions.BatchMatMul;
import dev.slipway.tflite.OperatorOptions.CumulativeSum;
import dev.slipway.tflite.OperatorOptions.FakeQuantization;
import dev.slipway.tflite.OperatorOptions.FullyConnected;
import dev.slipway.tflite.OperatorOptions.Gelu;
import dev.slipway.tflite.OperatorOptions.L2Normalization;
import dev.slipway.tflite.OperatorOptions.LeakyRelu;
import dev.slipway.tflite.OperatorOptions.Other;
import dev.slipway.tflite.OperatorOptions.RandomSeeds;
import dev.slipway.tflite.OperatorOptions.Reduction;
import dev.slipway.tflite.OperatorOptions.Softmax;
import java.util.List;
import org.tensorflow.lite.schema.AddOptions;
import org.tensorflow.lite.schema.BatchMatMulOptions;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.CumsumOptions;
import org.tensorflow.lite.schema.DivOptions;
import org.tensorflow.lite.schema.FakeQuantOptions;
import org.tensorflow.lite.schema.FullyConnectedOptions;
import org.tensorflow.lite.schema.FullyConnectedOptionsWeightsFormat;
import org.tensorflow.lite.schema.GeluOptions;
import org.tensorflow.lite.schema.L2NormOptions;
import org.tensorflow.lite.schema.LeakyReluOptions;
import org.tensorflow.lite.schema.MulOptions;
import org.tensorflow.lite.schema.RandomOptions;
import org.tensorflow.lite.schema.ReducerOptions;
import org.tensorflow.lite.schema.SoftmaxOptions;
import org.tensorflow.lite.schema.SubOptions;

/** Options of operators that calculate. */
final class ArithmeticCodecs {
    // The kernels' alternative for 16-bit values takes only scales that are powers of two.
    private static final boolean POWER_OF_TWO_SCALES = false;

    private ArithmeticCodecs() {}

    static List<OptionsCodec<?>> all() {
        return List.of(
                OptionsCodec.of(
                                BuiltinOptions.AddOptions,
                                Arithmetic.class,
                                (to, from) ->
                                        AddOptions.createAddOptions(to, code(from.activation()), POWER_OF_TWO_SCALES),
                                AddOptions::new,
                                from -> new Arithmetic(activation(from.fusedActivationFunction())))
                        .only(BuiltinOperator.ADD),
                OptionsCodec.of(
                                BuiltinOptions.SubOptions,
                                Arithmetic.class,
                                (to, from) ->
                                        SubOptions.createSubOptions(to, code(from.activation()), POWER_OF_TWO_SCALES),
                                SubOptions::new,
                                from -> new Arithmetic(activation(from.fusedActivationFunction())))
                        .only(BuiltinOperator.SUB),
                OptionsCodec.of(
                                BuiltinOptions.MulOptions,
                                Arithmetic.class,
                                (to, from) -> MulOptions.createMulOptions(to, code(from.activation())),
                                MulOptions::new,
                                from -> new Arithmetic(activation(from.fusedActivationFunction())))
                        .only(BuiltinOperator.MUL),
                OptionsCodec.of(
                                BuiltinOptions.DivOptions,
                                Arithmetic.class,
                                (to, from) -> DivOptions.createDivOptions(to, code(from.activation())),
                                DivOptions::new,
                                from -> new Arithmetic(activation(from.fusedActivationFunction())))
                        .only(BuiltinOperator.DIV),
                OptionsCodec.of(
                        BuiltinOptions.FullyConnectedOptions,
                        FullyConnected.class,
                        (to, from) -> FullyConnectedOptions.createFullyConnectedOptions(
                                to,
                                code(from.activation()),
                                FullyConnectedOptionsWeightsFormat.DEFAULT,
                                from.keepDimensions(),
                                from.asymmetricQuantizeInputs()),
                        FullyConnectedOptions::new,
                        from -> from.weightsFormat() != FullyConnectedOptionsWeightsFormat.DEFAULT
                                ? new Other(BuiltinOptions.FullyConnectedOptions)
                                : new FullyConnected(
                                        from.keepNumDims(),
                                        from.asymmetricQuantizeInputs(),
                                        activation(from.fusedActivationFunction()))),
                OptionsCodec.of(
                        BuiltinOptions.BatchMatMulOptions,
                        BatchMatMul.class,
                        (to, from) -> BatchMatMulOptions.createBatchMatMulOptions(
                                to, from.transposeLeft(), from.transposeRight(), from.asymmetricQuantizeInputs()),
                        BatchMatMulOptions::new,
                        from -> new BatchMatMul(from.adjX(), from.adjY(), from.asymmetricQuantizeInputs())),
                OptionsCodec.of(
                        BuiltinOptions.SoftmaxOptions,
                        Softmax.class,
                        (to, from) -> SoftmaxOptions.createSoftmaxOptions(to, from.beta()),
                        SoftmaxOptions::new,
                        from -> new Softmax(from.beta())),
                OptionsCodec.of(
                        BuiltinOptions.ReducerOptions,
                        Reduction.class,
                        (to, from) -> ReducerOptions.createReducerOptions(to, from.keepDimensions()),
                        ReducerOptions::new,
                        from -> new Reduction(from.keepDims())),
                OptionsCodec.of(
                        BuiltinOptions.LeakyReluOptions,
                        LeakyRelu.class,
                        (to, from) -> LeakyReluOptions.createLeakyReluOptions(to, from.alpha()),
                        LeakyReluOptions::new,
                        from -> new LeakyRelu(from.alpha())),
                OptionsCodec.of(
                        BuiltinOptions.GeluOptions,
                        Gelu.class,
                        (to, from) -> GeluOptions.createGeluOptions(to, from.approximate()),
                        GeluOptions::new,
                        from -> new Gelu(from.approximate())),
                OptionsCodec.of(
                        BuiltinOptions.L2NormOptions,
                        L2Normalization.class,
                        (to, from) -> L2NormOptions.createL2NormOptions(to, code(from.activation())),
                        L2NormOptions::new,
                        from -> new L2Normalization(activation(from.fusedActivationFunction()))),
                OptionsCodec.of(
                        BuiltinOptions.CumsumOptions,
                        CumulativeSum.class,
                        (to, from) -> CumsumOptions.createCumsumOptions(to, from.exclusive(), from.reverse()),
                        CumsumOptions::new,
                        from -> new CumulativeSum(from.exclusive(), from.reverse())),
                OptionsCodec.of(
                        BuiltinOptions.FakeQuantOptions,
                        FakeQuantization.class,
                        (to, from) -> FakeQuantOptions.createFakeQuantOptions(
                                to, from.minimum(), from.maximum(), from.bits(), from.narrowRange()),
                        FakeQuantOptions::new,
                        from -> new FakeQuantization(from.min(), from.max(), from.numBits(), from.narrowRange())),
                OptionsCodec.of(
                        BuiltinOptions.RandomOptions,
                        RandomSeeds.class,
                        (to, from) -> RandomOptions.createRandomOptions(to, from.first(), from.second()),
                        RandomOptions::new,
                        from -> new RandomSeeds(from.seed(), from.seed2())));
    }
}
