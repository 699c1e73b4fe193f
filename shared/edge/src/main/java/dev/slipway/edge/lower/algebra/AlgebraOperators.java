package dev.slipway.edge.lower.algebra;

import static dev.slipway.edge.lower.OperatorEntry.onnx;

import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import java.util.List;
import java.util.stream.Stream;

/** Matrix products, normalisation and attention. */
public final class AlgebraOperators implements OperatorFamily {
    private static final String NORMALISATION = "MEAN, SUB, MUL, RSQRT, ADD";

    @Override
    public List<OperatorEntry> entries() {
        return Stream.of(products(), shares(), normalisations())
                .flatMap(List::stream)
                .toList();
    }

    private static List<OperatorEntry> products() {
        return List.of(
                onnx("Gemm", 1, new GemmLowering(), "FULLY_CONNECTED or BATCH_MATMUL")
                        .limits("of integers only without factors"),
                onnx("MatMul", 1, new MatMulLowering(), "FULLY_CONNECTED or BATCH_MATMUL; of integers MUL, SUM"));
    }

    private static List<OperatorEntry> shares() {
        return List.of(
                onnx("Hardmax", 1, new SoftmaxLowering(Normalisers::hardmax, true), "ARG_MAX, ONE_HOT"),
                onnx("Hardmax", 13, new SoftmaxLowering(Normalisers::hardmax, false), "ARG_MAX, ONE_HOT"),
                onnx("LogSoftmax", 1, new SoftmaxLowering(Normalisers::logSoftmax, true), "LOG_SOFTMAX"),
                onnx("LogSoftmax", 13, new SoftmaxLowering(Normalisers::logSoftmax, false), "LOG_SOFTMAX"),
                onnx("Softmax", 1, new SoftmaxLowering(Normalisers::softmax, true), "SOFTMAX"),
                onnx("Softmax", 13, new SoftmaxLowering(Normalisers::softmax, false), "SOFTMAX"));
    }

    private static List<OperatorEntry> normalisations() {
        return List.of(
                onnx(
                                "BatchNormalization",
                                1,
                                new BatchNormalizationLowering(),
                                "nothing behind a convolution, otherwise MUL, ADD")
                        .limits("a training step only from opset 14 on"),
                onnx("GroupNormalization", 18, new GroupNormalizationLowering(true), NORMALISATION),
                onnx("GroupNormalization", 21, new GroupNormalizationLowering(false), NORMALISATION),
                onnx("InstanceNormalization", 1, new InstanceNormalizationLowering(), NORMALISATION),
                onnx("LayerNormalization", 1, new LayerNormalizationLowering(true, 2), NORMALISATION),
                onnx("LpNormalization", 1, new LpNormalizationLowering(), "ABS or MUL, SUM, SQRT, DIV"),
                onnx("MeanVarianceNormalization", 9, new MeanVarianceNormalizationLowering(), "MEAN, SUB, MUL, DIV"),
                onnx("RMSNormalization", 23, new LayerNormalizationLowering(false, 1), "MUL, MEAN, RSQRT"));
    }
}
