package dev.slipway.edge.lower.algebra;

import static dev.slipway.edge.lower.OperatorEntry.contributed;
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
        return Stream.of(products(), shares(), normalisations(), attention(), losses(), signals(), additions())
                .flatMap(List::stream)
                .toList();
    }

    private static List<OperatorEntry> products() {
        return List.of(
                onnx("Det", 11, new DeterminantLowering(), "SLICE, MUL, ADD, SUB")
                        .limits("matrices of known size up to 5 × 5"),
                onnx(
                        "Einsum",
                        12,
                        new EinsumLowering(),
                        "FULLY_CONNECTED, BATCH_MATMUL or MUL, with TRANSPOSE, RESHAPE, SUM and GATHER as needed"),
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

    private static List<OperatorEntry> attention() {
        return List.of(
                onnx("Attention", 23, new AttentionLowering(), "BATCH_MATMUL, SOFTMAX")
                        .limits("the number of heads must be known; no windows, which ONNX Runtime does not know"),
                onnx("RotaryEmbedding", 23, new RotaryEmbeddingLowering(), "MUL, ADD, SUB, GATHER, CONCATENATION"));
    }

    private static List<OperatorEntry> losses() {
        return List.of(
                onnx("NegativeLogLikelihoodLoss", 12, new LossLowering(false), "EQUAL, SELECT_V2, SUM, NEG, MEAN"),
                onnx(
                        "SoftmaxCrossEntropyLoss",
                        12,
                        new LossLowering(true),
                        "LOG_SOFTMAX, EQUAL, SELECT_V2, SUM, NEG, MEAN"));
    }

    private static List<OperatorEntry> signals() {
        String window = "a constant, or RANGE, COS, MUL, ADD";
        return List.of(
                onnx("BlackmanWindow", 17, WindowFunctionLowering.BLACKMAN, window),
                onnx("DFT", 17, new DftLowering(), "FULLY_CONNECTED or BATCH_MATMUL")
                        .limits(
                                "an axis that is not constant only for two-sided transforms of the signal's length; another length must be constant"),
                onnx("HammingWindow", 17, WindowFunctionLowering.HAMMING, window),
                onnx("HannWindow", 17, WindowFunctionLowering.HANN, window),
                onnx(
                        "MelWeightMatrix",
                        17,
                        new MelWeightMatrixLowering(),
                        "a constant, or RANGE, EXP, FLOOR, SELECT_V2"),
                onnx("STFT", 17, new StftLowering(), "CONV_2D, or GATHER and BATCH_MATMUL"));
    }

    /** Those of ONNX Runtime's own. */
    private static List<OperatorEntry> additions() {
        return List.of(
                contributed("Attention", new PackedAttentionLowering(), "FULLY_CONNECTED, BATCH_MATMUL, SOFTMAX")
                        .limits("no rotary positions; masks of rank 1, with an element per sample, to 3"),
                contributed(
                        "EmbedLayerNormalization", new EmbedLayerNormalizationLowering(), "GATHER, " + NORMALISATION),
                contributed("FusedGemm", new GemmLowering(FusedActivation::apply), "FULLY_CONNECTED or BATCH_MATMUL")
                        .limits("activations Relu, LeakyRelu, Sigmoid and Tanh"),
                contributed("FusedMatMul", new FusedMatMulLowering(), "FULLY_CONNECTED or BATCH_MATMUL")
                        .limits("no vectors"),
                contributed(
                                "GroupQueryAttention",
                                new GroupQueryAttentionLowering(),
                                "BATCH_MATMUL, SOFTMAX; to rotate GATHER, MUL, ADD, SUB, CONCATENATION")
                        .limits(
                                "sequences without padding; a past only of fixed length and in full use; no caps, windows, biases or scales"),
                contributed("Inverse", new InverseLowering(), "SLICE, MUL, ADD, SUB, DIV, CONCATENATION")
                        .limits("matrices of known size up to 4 × 4"),
                contributed("MultiHeadAttention", new MultiHeadAttentionLowering(), "BATCH_MATMUL, SOFTMAX")
                        .limits("queries, keys and values each an input of their own"),
                contributed("RotaryEmbedding", new RotaryOffsetLowering(), "MUL, ADD, SUB, GATHER, CONCATENATION")
                        .limits("no scale, no packed batch"),
                contributed("SkipLayerNormalization", new SkipLayerNormalizationLowering(true), NORMALISATION)
                        .limits("no statistics"),
                contributed(
                                "SkipSimplifiedLayerNormalization",
                                new SkipLayerNormalizationLowering(false),
                                "ADD, MUL, MEAN, RSQRT")
                        .limits("no statistics"),
                contributed("TransposeMatMul", new FusedMatMulLowering(), "FULLY_CONNECTED or BATCH_MATMUL")
                        .limits("no vectors"),
                onnx("SimplifiedLayerNormalization", 1, new LayerNormalizationLowering(false, 1), "MUL, MEAN, RSQRT"));
    }
}
