package dev.slipway.tflite;

import static dev.slipway.tflite.Tables.activation;
import static dev.slipway.tflite.Tables.code;
import static dev.slipway.tflite.Tables.padding;

import dev.slipway.tflite.OperatorOptions.Convolution;
import dev.slipway.tflite.OperatorOptions.DepthwiseConvolution;
import dev.slipway.tflite.OperatorOptions.LocalResponseNormalization;
import dev.slipway.tflite.OperatorOptions.Pooling;
import dev.slipway.tflite.OperatorOptions.Resize;
import dev.slipway.tflite.OperatorOptions.SpatialConvolution;
import dev.slipway.tflite.OperatorOptions.TransposedConvolution;
import java.util.List;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.Conv2DOptions;
import org.tensorflow.lite.schema.Conv3DOptions;
import org.tensorflow.lite.schema.DepthwiseConv2DOptions;
import org.tensorflow.lite.schema.LocalResponseNormalizationOptions;
import org.tensorflow.lite.schema.Pool2DOptions;
import org.tensorflow.lite.schema.ResizeBilinearOptions;
import org.tensorflow.lite.schema.ResizeNearestNeighborOptions;
import org.tensorflow.lite.schema.TransposeConvOptions;

/** Options of operators that slide a window over an image. */
final class ConvolutionCodecs {
    private ConvolutionCodecs() {}

    static List<OptionsCodec<?>> all() {
        return List.of(
                OptionsCodec.of(
                        BuiltinOptions.Conv2DOptions,
                        Convolution.class,
                        (to, from) -> Conv2DOptions.createConv2DOptions(
                                to,
                                code(from.padding()),
                                from.strideWidth(),
                                from.strideHeight(),
                                code(from.activation()),
                                from.dilationWidth(),
                                from.dilationHeight()),
                        Conv2DOptions::new,
                        from -> new Convolution(
                                padding(from.padding()),
                                from.strideH(),
                                from.strideW(),
                                from.dilationHFactor(),
                                from.dilationWFactor(),
                                activation(from.fusedActivationFunction()))),
                OptionsCodec.of(
                        BuiltinOptions.DepthwiseConv2DOptions,
                        DepthwiseConvolution.class,
                        (to, from) -> DepthwiseConv2DOptions.createDepthwiseConv2DOptions(
                                to,
                                code(from.padding()),
                                from.strideWidth(),
                                from.strideHeight(),
                                from.multiplier(),
                                code(from.activation()),
                                from.dilationWidth(),
                                from.dilationHeight()),
                        DepthwiseConv2DOptions::new,
                        from -> new DepthwiseConvolution(
                                padding(from.padding()),
                                from.strideH(),
                                from.strideW(),
                                from.dilationHFactor(),
                                from.dilationWFactor(),
                                from.depthMultiplier(),
                                activation(from.fusedActivationFunction()))),
                OptionsCodec.of(
                        BuiltinOptions.Conv3DOptions,
                        SpatialConvolution.class,
                        (to, from) -> Conv3DOptions.createConv3DOptions(
                                to,
                                code(from.padding()),
                                from.strideDepth(),
                                from.strideWidth(),
                                from.strideHeight(),
                                code(from.activation()),
                                from.dilationDepth(),
                                from.dilationWidth(),
                                from.dilationHeight()),
                        Conv3DOptions::new,
                        from -> new SpatialConvolution(
                                padding(from.padding()),
                                from.strideD(),
                                from.strideH(),
                                from.strideW(),
                                from.dilationDFactor(),
                                from.dilationHFactor(),
                                from.dilationWFactor(),
                                activation(from.fusedActivationFunction()))),
                OptionsCodec.of(
                        BuiltinOptions.TransposeConvOptions,
                        TransposedConvolution.class,
                        (to, from) -> TransposeConvOptions.createTransposeConvOptions(
                                to,
                                code(from.padding()),
                                from.strideWidth(),
                                from.strideHeight(),
                                code(from.activation())),
                        TransposeConvOptions::new,
                        from -> new TransposedConvolution(
                                padding(from.padding()),
                                from.strideH(),
                                from.strideW(),
                                activation(from.fusedActivationFunction()))),
                OptionsCodec.of(
                        BuiltinOptions.Pool2DOptions,
                        Pooling.class,
                        (to, from) -> Pool2DOptions.createPool2DOptions(
                                to,
                                code(from.padding()),
                                from.strideWidth(),
                                from.strideHeight(),
                                from.filterWidth(),
                                from.filterHeight(),
                                code(from.activation())),
                        Pool2DOptions::new,
                        from -> new Pooling(
                                padding(from.padding()),
                                from.strideH(),
                                from.strideW(),
                                from.filterHeight(),
                                from.filterWidth(),
                                activation(from.fusedActivationFunction()))),
                OptionsCodec.of(
                                BuiltinOptions.ResizeBilinearOptions,
                                Resize.class,
                                (to, from) -> ResizeBilinearOptions.createResizeBilinearOptions(
                                        to, from.alignCorners(), from.halfPixelCenters()),
                                ResizeBilinearOptions::new,
                                from -> new Resize(from.alignCorners(), from.halfPixelCenters()))
                        .only(BuiltinOperator.RESIZE_BILINEAR),
                OptionsCodec.of(
                                BuiltinOptions.ResizeNearestNeighborOptions,
                                Resize.class,
                                (to, from) -> ResizeNearestNeighborOptions.createResizeNearestNeighborOptions(
                                        to, from.alignCorners(), from.halfPixelCenters()),
                                ResizeNearestNeighborOptions::new,
                                from -> new Resize(from.alignCorners(), from.halfPixelCenters()))
                        .only(BuiltinOperator.RESIZE_NEAREST_NEIGHBOR),
                OptionsCodec.of(
                        BuiltinOptions.LocalResponseNormalizationOptions,
                        LocalResponseNormalization.class,
                        (to, from) -> LocalResponseNormalizationOptions.createLocalResponseNormalizationOptions(
                                to, from.radius(), from.bias(), from.alpha(), from.beta()),
                        LocalResponseNormalizationOptions::new,
                        from -> new LocalResponseNormalization(from.radius(), from.bias(), from.alpha(), from.beta())));
    }
}
