package dev.slipway.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.kernel.SlipwayException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever an operator's options say is read as it was written. */
class OptionsRoundTripTest {
    /** Options with an operator that has them. */
    record Example(BuiltinOperator operator, OperatorOptions options) {}

    /** What options are made of. */
    record Parts(
            List<Integer> numbers,
            List<Boolean> flags,
            List<Float> reals,
            Padding padding,
            Activation activation,
            TensorType type) {
        int number(int index) {
            return numbers.get(index);
        }

        boolean flag(int index) {
            return flags.get(index);
        }

        float real(int index) {
            return reals.get(index);
        }
    }

    @Provide
    Arbitrary<Parts> parts() {
        return Combinators.combine(
                        Arbitraries.integers().list().ofSize(8),
                        Arbitraries.of(true, false).list().ofSize(3),
                        Arbitraries.floats().list().ofSize(3),
                        Arbitraries.of(Padding.class),
                        Arbitraries.of(Activation.class),
                        Arbitraries.of(TensorType.class))
                .as(Parts::new);
    }

    @Property(tries = 200)
    void everyRecordSurvives(@ForAll("parts") Parts parts) {
        for (Example example : examples(parts)) {
            TfliteModel model = modelOf(example);
            assertThat(TfliteReader.read(TfliteWriter.write(model)))
                    .as(example.toString())
                    .isEqualTo(model);
        }
    }

    @Test
    void noRecordIsLeftOut() {
        Parts parts = new Parts(
                List.of(1, 2, 3, 4, 5, 6, 7, 8),
                List.of(true, false, true),
                List.of(1f, 2f, 3f),
                Padding.SAME,
                Activation.RELU,
                TensorType.INT64);
        List<Class<?>> written = examples(parts).stream()
                .<Class<?>>map(example -> example.options().getClass())
                .distinct()
                .toList();
        List<Class<?>> all = Arrays.stream(OperatorOptions.class.getPermittedSubclasses())
                .flatMap(type -> type.isInterface()
                        ? Arrays.stream(type.getPermittedSubclasses())
                        : Arrays.stream(new Class<?>[] {type}))
                .<Class<?>>map(type -> type)
                .filter(type -> type != OperatorOptions.Other.class && type != OperatorOptions.Custom.class)
                .toList();
        assertThat(written).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void everyOperatorCanBeWrittenWithoutOptions() {
        for (BuiltinOperator operator : BuiltinOperator.values()) {
            if (operator.isInterpreted()) {
                TfliteModel model = modelOf(new Example(operator, new OperatorOptions.None()));
                assertThat(TfliteReader.read(TfliteWriter.write(model))).isEqualTo(model);
            }
        }
    }

    @Test
    void optionsOfAnotherOperatorAreRefused() {
        for (Example wrong : List.of(
                new Example(BuiltinOperator.ABS, new OperatorOptions.Arithmetic(Activation.NONE)),
                new Example(BuiltinOperator.PACK, new OperatorOptions.Split(2)),
                new Example(BuiltinOperator.CUSTOM, new OperatorOptions.Custom("Mine")),
                new Example(BuiltinOperator.ADD, new OperatorOptions.Other(11)))) {
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> TfliteWriter.write(modelOf(wrong)))
                    .matches(e -> e.code().equals("tflite.options"));
        }
    }

    private static List<Example> examples(Parts p) {
        TensorType type = p.type();
        return List.of(
                new Example(
                        BuiltinOperator.CONV_2D,
                        new OperatorOptions.Convolution(
                                p.padding(), p.number(0), p.number(1), p.number(2), p.number(3), p.activation())),
                new Example(
                        BuiltinOperator.DEPTHWISE_CONV_2D,
                        new OperatorOptions.DepthwiseConvolution(
                                p.padding(),
                                p.number(0),
                                p.number(1),
                                p.number(2),
                                p.number(3),
                                p.number(4),
                                p.activation())),
                new Example(
                        BuiltinOperator.CONV_3D_TRANSPOSE,
                        new OperatorOptions.SpatialConvolution(
                                p.padding(),
                                p.number(0),
                                p.number(1),
                                p.number(2),
                                p.number(3),
                                p.number(4),
                                p.number(5),
                                p.activation())),
                new Example(
                        BuiltinOperator.TRANSPOSE_CONV,
                        new OperatorOptions.TransposedConvolution(
                                p.padding(), p.number(0), p.number(1), p.activation())),
                new Example(
                        BuiltinOperator.AVERAGE_POOL_2D,
                        new OperatorOptions.Pooling(
                                p.padding(), p.number(0), p.number(1), p.number(2), p.number(3), p.activation())),
                new Example(
                        BuiltinOperator.FULLY_CONNECTED,
                        new OperatorOptions.FullyConnected(p.flag(0), p.flag(1), p.activation())),
                new Example(BuiltinOperator.ADD, new OperatorOptions.Arithmetic(p.activation())),
                new Example(BuiltinOperator.SUB, new OperatorOptions.Arithmetic(p.activation())),
                new Example(BuiltinOperator.MUL, new OperatorOptions.Arithmetic(p.activation())),
                new Example(BuiltinOperator.DIV, new OperatorOptions.Arithmetic(p.activation())),
                new Example(BuiltinOperator.EXP, new OperatorOptions.None()),
                new Example(BuiltinOperator.TANH, new OperatorOptions.None()),
                new Example(BuiltinOperator.CONCATENATION, new OperatorOptions.Concatenation(p.number(0))),
                new Example(BuiltinOperator.SOFTMAX, new OperatorOptions.Softmax(p.real(0))),
                new Example(BuiltinOperator.RESHAPE, new OperatorOptions.Reshape(p.numbers())),
                new Example(BuiltinOperator.REDUCE_MAX, new OperatorOptions.Reduction(p.flag(0))),
                new Example(
                        BuiltinOperator.BATCH_MATMUL, new OperatorOptions.BatchMatMul(p.flag(0), p.flag(1), p.flag(2))),
                new Example(BuiltinOperator.LEAKY_RELU, new OperatorOptions.LeakyRelu(p.real(0))),
                new Example(BuiltinOperator.L2_NORMALIZATION, new OperatorOptions.L2Normalization(p.activation())),
                new Example(BuiltinOperator.GATHER, new OperatorOptions.Gather(p.number(0), p.number(1))),
                new Example(
                        BuiltinOperator.STRIDED_SLICE,
                        new OperatorOptions.StridedSlice(
                                p.number(0), p.number(1), p.number(2), p.number(3), p.number(4), p.flag(0))),
                new Example(BuiltinOperator.SPLIT, new OperatorOptions.Split(p.number(0))),
                new Example(BuiltinOperator.SPLIT_V, new OperatorOptions.Split(p.number(0))),
                new Example(BuiltinOperator.PACK, new OperatorOptions.Pack(p.number(0), p.number(1))),
                new Example(BuiltinOperator.UNPACK, new OperatorOptions.Unpack(p.number(0), p.number(1))),
                new Example(BuiltinOperator.SQUEEZE, new OperatorOptions.Squeeze(p.numbers())),
                new Example(BuiltinOperator.RESIZE_BILINEAR, new OperatorOptions.Resize(p.flag(0), p.flag(1))),
                new Example(BuiltinOperator.RESIZE_NEAREST_NEIGHBOR, new OperatorOptions.Resize(p.flag(0), p.flag(1))),
                new Example(BuiltinOperator.ARG_MAX, new OperatorOptions.ArgExtremum(type)),
                new Example(BuiltinOperator.ARG_MIN, new OperatorOptions.ArgExtremum(type)),
                new Example(BuiltinOperator.CAST, new OperatorOptions.Cast(type, TensorType.FLOAT32)),
                new Example(BuiltinOperator.SHAPE, new OperatorOptions.Shape(type)),
                new Example(BuiltinOperator.UNIQUE, new OperatorOptions.Unique(type)),
                new Example(BuiltinOperator.ONE_HOT, new OperatorOptions.OneHot(p.number(0))),
                new Example(BuiltinOperator.CUMSUM, new OperatorOptions.CumulativeSum(p.flag(0), p.flag(1))),
                new Example(BuiltinOperator.MIRROR_PAD, new OperatorOptions.MirrorPad(p.flag(0))),
                new Example(BuiltinOperator.DEPTH_TO_SPACE, new OperatorOptions.DepthToSpace(p.number(0))),
                new Example(BuiltinOperator.SPACE_TO_DEPTH, new OperatorOptions.SpaceToDepth(p.number(0))),
                new Example(
                        BuiltinOperator.LOCAL_RESPONSE_NORMALIZATION,
                        new OperatorOptions.LocalResponseNormalization(p.number(0), p.real(0), p.real(1), p.real(2))),
                new Example(BuiltinOperator.GELU, new OperatorOptions.Gelu(p.flag(0))),
                new Example(
                        BuiltinOperator.REVERSE_SEQUENCE,
                        new OperatorOptions.ReverseSequence(p.number(0), p.number(1))),
                new Example(BuiltinOperator.IF, new OperatorOptions.If(1, 2)),
                new Example(BuiltinOperator.WHILE, new OperatorOptions.While(3, 1)),
                new Example(BuiltinOperator.CALL_ONCE, new OperatorOptions.CallOnce(4)),
                new Example(
                        BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM,
                        new OperatorOptions.SequenceLstm(p.activation(), p.real(0), p.real(1), p.flag(0), p.flag(1))),
                new Example(
                        BuiltinOperator.BIDIRECTIONAL_SEQUENCE_LSTM,
                        new OperatorOptions.BidirectionalSequenceLstm(
                                p.activation(), p.real(0), p.real(1), p.flag(0), p.flag(1), p.flag(2))),
                new Example(
                        BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_RNN,
                        new OperatorOptions.SequenceRnn(p.flag(0), p.activation(), p.flag(1))),
                new Example(BuiltinOperator.SVDF, new OperatorOptions.Svdf(p.number(0), p.flag(0), p.activation())),
                new Example(
                        BuiltinOperator.FAKE_QUANT,
                        new OperatorOptions.FakeQuantization(p.real(0), p.real(1), p.number(0), p.flag(0))),
                new Example(BuiltinOperator.RANDOM_UNIFORM, new OperatorOptions.RandomSeeds(p.number(0), 1L << 40)),
                new Example(BuiltinOperator.BUCKETIZE, new OperatorOptions.Buckets(p.reals())),
                new Example(BuiltinOperator.SPARSE_TO_DENSE, new OperatorOptions.SparseToDense(p.flag(0))));
    }

    /** One use of the operator, with bodies for control flow to lead to. */
    private static TfliteModel modelOf(Example example) {
        List<TfliteTensor> tensors = List.of(
                TfliteTensor.computed("x", TensorType.BOOL, List.of()),
                TfliteTensor.computed("y", TensorType.BOOL, List.of()));
        boolean once = example.operator() == BuiltinOperator.CALL_ONCE;
        TfliteOperator operator = new TfliteOperator(
                example.operator(),
                1,
                once ? List.of() : example.operator() == BuiltinOperator.IF ? List.of(0, 0) : List.of(0),
                once ? List.of() : List.of(1),
                example.options());
        TfliteSubgraph body = new TfliteSubgraph("body", tensors, List.of(), List.of(0), List.of(0));
        return new TfliteModel(
                "",
                List.of(
                        new TfliteSubgraph("main", tensors, List.of(operator), List.of(0), List.of(1)),
                        body,
                        body,
                        body,
                        new TfliteSubgraph("once", tensors, List.of(), List.of(), List.of())),
                List.of(),
                Map.of());
    }
}
