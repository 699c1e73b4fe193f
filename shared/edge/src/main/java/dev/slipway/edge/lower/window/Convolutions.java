package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/**
 * Convolutions over one, two or three axes of space by TFLite's kernels.
 *
 * <p>Images have channels last; weights are in ONNX's order: filters, channels of a group, space….
 */
public final class Convolutions {
    private static final Permutation PLAIN_WEIGHTS = Permutation.toChannelsLast(4);
    // From (multiplier · channels, 1, height, width) to (1, height, width, multiplier · channels).
    private static final Permutation DEPTHWISE_WEIGHTS = Permutation.of(1, 2, 3, 0);
    private static final Permutation SPATIAL_WEIGHTS = Permutation.of(2, 3, 4, 1, 0);

    private final Kernels kernels;
    private final Lengths lengths;

    public Convolutions(Kernels kernels) {
        this.kernels = kernels;
        this.lengths = new Lengths(kernels);
    }

    /** A vector of zeros, one for each filter. */
    public static EdgeValue noBias(int filters) {
        return EdgeValue.floats("bias", List.of(filters), new float[filters]);
    }

    /** Slides the window over the image; {@code bias} has one number for each filter. */
    public EdgeValue apply(EdgeValue image, EdgeValue weights, EdgeValue bias, Window window, int groups) {
        return switch (window.axes().size()) {
            case 1 ->
                kernels.squeeze(
                        plane(
                                kernels.unsqueeze(image, List.of(1)),
                                kernels.unsqueeze(weights, List.of(2)),
                                bias,
                                window.withUnit(),
                                groups),
                        List.of(1));
            case 2 -> plane(image, weights, bias, window, groups);
            default -> groups == 1 ? space(image, weights, bias, window) : slices(image, weights, bias, window, groups);
        };
    }

    private EdgeValue plane(EdgeValue image, EdgeValue weights, EdgeValue bias, Window window, int groups) {
        boolean depthwise = groups > 1 && weights.shape().get(1) == 1;
        int filters = weights.shape().get(0);
        Window.Padded padded = window.pad(kernels, image, 0);
        WindowAxis rows = window.axes().get(0);
        WindowAxis columns = window.axes().get(1);
        OperatorOptions options = depthwise
                ? new OperatorOptions.DepthwiseConvolution(
                        padded.padding(),
                        rows.stride(),
                        columns.stride(),
                        rows.dilation(),
                        columns.dilation(),
                        filters / groups,
                        Activation.NONE)
                : new OperatorOptions.Convolution(
                        padded.padding(),
                        rows.stride(),
                        columns.stride(),
                        rows.dilation(),
                        columns.dilation(),
                        Activation.NONE);
        EdgeValue filter = kernels.transpose(weights, depthwise ? DEPTHWISE_WEIGHTS : PLAIN_WEIGHTS);
        return kernels.add(
                depthwise ? BuiltinOperator.DEPTHWISE_CONV_2D : BuiltinOperator.CONV_2D,
                options,
                List.of(padded.value(), filter, bias),
                image.type(),
                window.output(image, filters));
    }

    private EdgeValue space(EdgeValue image, EdgeValue weights, EdgeValue bias, Window window) {
        Window.Padded padded = window.pad(kernels, image, 0);
        WindowAxis depth = window.axes().get(0);
        WindowAxis rows = window.axes().get(1);
        WindowAxis columns = window.axes().get(2);
        return kernels.add(
                BuiltinOperator.CONV_3D,
                new OperatorOptions.SpatialConvolution(
                        padded.padding(),
                        depth.stride(),
                        rows.stride(),
                        columns.stride(),
                        depth.dilation(),
                        rows.dilation(),
                        columns.dilation(),
                        Activation.NONE),
                List.of(padded.value(), kernels.transpose(weights, SPATIAL_WEIGHTS), bias),
                image.type(),
                window.output(image, weights.shape().get(0)));
    }

    /** CONV_3D knows no groups, so every slice of the kernel is convolved in the plane and the results added. */
    private EdgeValue slices(EdgeValue image, EdgeValue weights, EdgeValue bias, Window window, int groups) {
        WindowAxis depth = window.axes().get(0);
        Window alone = new Window(List.of(depth, WindowAxis.unit(), WindowAxis.unit()));
        EdgeValue padded = alone.padExplicitly(kernels, image, 0).value();
        Length count =
                lengths.plus(lengths.dividedBy(lengths.plus(Length.of(padded, 1), -depth.span()), depth.stride()), 1);
        int filters = weights.shape().get(0);
        EdgeValue sum = null;
        for (int k = 0; k < depth.kernel(); k++) {
            EdgeValue part = Slices.strided(kernels, padded, 1, k * depth.dilation(), count, depth.stride());
            EdgeValue plane = plane(
                    lengths.merged(part, 0, 2),
                    Constants.at(kernels, weights, 2, k),
                    k == 0 ? bias : noBias(filters),
                    window.only(1, 3),
                    groups);
            sum = sum == null ? plane : kernels.add(sum, plane);
        }
        return lengths.split(sum, 0, List.of(Length.of(image, 0), count));
    }
}
