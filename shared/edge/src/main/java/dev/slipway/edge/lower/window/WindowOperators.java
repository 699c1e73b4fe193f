package dev.slipway.edge.lower.window;

import static dev.slipway.edge.lower.OperatorEntry.contributed;
import static dev.slipway.edge.lower.OperatorEntry.onnx;

import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import dev.slipway.tflite.BuiltinOperator;
import java.util.List;

/** Convolutions, pooling and what else slides over space. */
public final class WindowOperators implements OperatorFamily {
    private static final String SPACE = "1, 2 or 3 axes of space";

    private static final String RESIZED =
            "RESIZE_BILINEAR or RESIZE_NEAREST_NEIGHBOR where they do the same, otherwise GATHER or BATCH_MATMUL along each"
                    + " axis";

    @Override
    public List<OperatorEntry> entries() {
        return List.of(
                onnx("Conv", 1, new ConvolutionLowering(), "CONV_2D, DEPTHWISE_CONV_2D or CONV_3D; PAD where needed")
                        .limits(SPACE),
                onnx(
                                "ConvTranspose",
                                1,
                                new TransposedConvolutionLowering(),
                                "TRANSPOSE_CONV or CONV_3D_TRANSPOSE; with dilations, many groups or stride 1 a convolution")
                        .limits(SPACE + "; no output_shape where the input's length is open"),
                onnx("MaxPool", 1, new MaxPoolLowering(), "MAX_POOL_2D; MAXIMUM with dilations; ARG_MAX for Indices")
                        .limits(SPACE),
                onnx("AveragePool", 1, new AveragePoolLowering(), "AVERAGE_POOL_2D; ADD with dilations")
                        .limits(SPACE),
                onnx("LpPool", 1, new LpPoolLowering(), "MUL or POW, AVERAGE_POOL_2D, SQRT or POW")
                        .limits(SPACE),
                onnx("GlobalAveragePool", 1, new GlobalPoolLowering(BuiltinOperator.MEAN), "MEAN"),
                onnx("GlobalMaxPool", 1, new GlobalPoolLowering(BuiltinOperator.REDUCE_MAX), "REDUCE_MAX"),
                onnx("GlobalLpPool", 1, new GlobalLpPoolLowering(), "MUL or POW, SUM, SQRT or POW"),
                onnx("Resize", 10, new ResizeLowering(), RESIZED),
                onnx("Upsample", 1, new ResizeLowering(), RESIZED),
                contributed(
                                "FusedConv",
                                new FusedConvolutionLowering(),
                                "as Conv, then ADD and the activation, which the kernel applies itself where it can")
                        .limits(SPACE),
                onnx("GridSample", 16, new GridSampleLowering(), "GATHER and arithmetic")
                        .limits("cubic with padding border only with align_corners"),
                onnx("AffineGrid", 20, new AffineGridLowering(), "BATCH_MATMUL"),
                onnx("DeformConv", 19, new DeformableConvolutionLowering(), "GATHER, arithmetic and BATCH_MATMUL")
                        .limits("images only"),
                onnx("MaxUnpool", 9, new MaxUnpoolLowering(), "SCATTER_ND"),
                onnx("RoiAlign", 10, new RoiAlignLowering(), "GATHER, arithmetic, SUM or REDUCE_MAX"),
                onnx("MaxRoiPool", 1, new MaxRoiPoolLowering(), "GATHER, SELECT_V2 and REDUCE_MAX"),
                onnx("LRN", 1, new LocalResponseLowering(), "LOCAL_RESPONSE_NORMALIZATION, or sums over channels"));
    }
}
