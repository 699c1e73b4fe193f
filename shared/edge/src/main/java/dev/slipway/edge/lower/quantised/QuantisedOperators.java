package dev.slipway.edge.lower.quantised;

import static dev.slipway.edge.lower.OperatorEntry.contributed;
import static dev.slipway.edge.lower.OperatorEntry.onnx;

import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import java.util.List;

/** Operators on quantised values. */
public final class QuantisedOperators implements OperatorFamily {
    private final Lowering dequantize;

    private QuantisedOperators(Lowering dequantize) {
        this.dequantize = dequantize;
    }

    /** Computed exactly, with floats. */
    public static QuantisedOperators standard() {
        return new QuantisedOperators(new DequantizeLowering());
    }

    /** QuantizeLinear followed by DequantizeLinear as QUANTIZE and DEQUANTIZE, where TFLite has such tensors. */
    public static QuantisedOperators keepingScales() {
        return new QuantisedOperators(new KeptScaleLowering(new DequantizeLowering()));
    }

    private static final String TYPES = "INT8, UINT8, INT16 and UINT16 only";
    private static final String QUANTISING = "DIV, ROUND, ADD, MAXIMUM, MINIMUM, CAST";

    @Override
    public List<OperatorEntry> entries() {
        return List.of(
                onnx("QuantizeLinear", 10, new QuantizeLowering(), QUANTISING).limits(TYPES),
                onnx("DequantizeLinear", 10, dequantize, "CAST, SUB, MUL")
                        .limits("INT8, UINT8, INT16, UINT16 and INT32 only"),
                onnx(
                        "DynamicQuantizeLinear",
                        11,
                        new DynamicQuantizeLowering(),
                        "REDUCE_MAX, REDUCE_MIN, " + QUANTISING),
                onnx(
                                "MatMulInteger",
                                10,
                                new IntegerMatMulLowering(false),
                                "FULLY_CONNECTED or BATCH_MATMUL, CAST, ADD")
                        .limits("the axis that is summed over must have a fixed length"),
                onnx("ConvInteger", 10, new IntegerConvolutionLowering(), "as Conv, CAST, ADD")
                        .limits("as Conv; sums of products in a group must stay below 2^24"),
                onnx("QLinearMatMul", 10, new QuantisedMatMulLowering(), "as MatMulInteger, " + QUANTISING)
                        .limits("the axis that is summed over must have a fixed length"),
                onnx("QLinearConv", 10, new QuantisedConvolutionLowering(), "as ConvInteger, " + QUANTISING)
                        .limits("as ConvInteger"),
                contributed("QuantizeLinear", new QuantizeLowering(), QUANTISING)
                        .limits(TYPES),
                contributed("DequantizeLinear", dequantize, "CAST, SUB, MUL"),
                contributed("QLinearAdd", new QuantisedArithmeticLowering(false), "SUB, MUL, ADD, " + QUANTISING),
                contributed("QLinearMul", new QuantisedArithmeticLowering(true), "SUB, MUL, " + QUANTISING),
                contributed(
                        "QLinearConcat",
                        new QuantisedConcatenationLowering(),
                        "SUB, MUL, CONCATENATION, " + QUANTISING),
                contributed(
                        "QLinearSigmoid",
                        new QuantisedFunctionLowering("Sigmoid"),
                        "SUB, MUL, LOGISTIC, " + QUANTISING),
                contributed("QLinearSoftmax", new QuantisedSoftmaxLowering(), "SUB, MUL, EXP, SUM, " + QUANTISING)
                        .limits("a constant scale of the result"),
                contributed("QGemm", new QuantisedGemmLowering(), "as MatMulInteger, MUL, " + QUANTISING)
                        .limits("as MatMulInteger"),
                contributed("NhwcMaxPool", new ChannelsLastPoolLowering(), "as MaxPool")
                        .limits("as MaxPool"),
                contributed(
                        "QLinearLeakyRelu",
                        new QuantisedFunctionLowering("LeakyRelu"),
                        "SUB, MUL, LEAKY_RELU, " + QUANTISING),
                contributed(
                                "QLinearAveragePool",
                                new QuantisedFunctionLowering("AveragePool"),
                                "as AveragePool, " + QUANTISING)
                        .limits("as AveragePool; channels must not stand last"),
                contributed(
                                "QLinearGlobalAveragePool",
                                new QuantisedFunctionLowering("GlobalAveragePool"),
                                "as GlobalAveragePool, " + QUANTISING)
                        .limits("channels must not stand last"),
                contributed(
                                "DynamicQuantizeMatMul",
                                new DynamicMatMulLowering(),
                                "as DynamicQuantizeLinear and MatMulInteger, MUL, ADD")
                        .limits("as MatMulInteger"),
                contributed("MatMulNBits", new BlockwiseMatMulLowering(), "as MatMul, with float weights")
                        .limits("constant weights of 4 or 8 bits, without g_idx"),
                contributed("MatMulIntegerToFloat", new IntegerMatMulLowering(true), "as MatMulInteger, MUL, ADD")
                        .limits("as MatMulInteger"));
    }
}
