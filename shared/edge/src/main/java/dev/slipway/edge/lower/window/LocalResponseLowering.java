package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** LRN: TFLite's kernel for an odd number of channels on images, otherwise a sum over the channels around. */
final class LocalResponseLowering implements Lowering {
    private static final int IMAGE_RANK = 4;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        int size = Math.toIntExact(node.integer("size").orElse(1L));
        float alpha = node.number("alpha").orElse(1e-4f);
        float beta = node.number("beta").orElse(0.75f);
        float bias = node.number("bias").orElse(1f);
        Permutation toLast = Permutation.toChannelsLast(input.rank());
        if (size % 2 == 1 && input.rank() == IMAGE_RANK) {
            EdgeValue result = kernels.add(
                    BuiltinOperator.LOCAL_RESPONSE_NORMALIZATION,
                    new OperatorOptions.LocalResponseNormalization(size / 2, bias, alpha / size, beta),
                    List.of(kernels.transpose(input, toLast)),
                    input.type(),
                    toLast.apply(input.shape()));
            context.define(node, kernels.transpose(result, toLast.inverse()));
            return;
        }
        EdgeValue sum = around(kernels, kernels.multiply(input, input), size);
        EdgeValue base = kernels.add(kernels.multiply(sum, alpha / size), bias);
        EdgeValue divisor = kernels.binary(BuiltinOperator.POW, base, EdgeValue.scalar(TensorType.FLOAT32, beta));
        context.define(node, kernels.divide(input, divisor));
    }

    /** The sum over the channels around each, of which one more stands behind it if their number is even. */
    private static EdgeValue around(Kernels kernels, EdgeValue squares, int size) {
        Lengths lengths = new Lengths(kernels);
        // The channels as rows of planes with as many columns as there are places.
        EdgeValue planes = kernels.unsqueeze(lengths.merged(squares, 2, squares.rank()), List.of(3));
        WindowAxis channels = new WindowAxis(
                size,
                1,
                1,
                new WindowAxis.Border.Stated((size - 1) / 2, size / 2),
                planes.shape().get(1),
                planes.shape().get(1));
        EdgeValue sums = new Pools(kernels).sum(planes, new Window(List.of(channels, WindowAxis.unit())));
        return kernels.reshape(sums, Lengths.of(squares));
    }
}
