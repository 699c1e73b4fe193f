package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** PRelu: PRELU for floats of up to 4 axes, otherwise a product where the input is negative. */
final class PReluLowering implements Lowering {
    private static final int KERNEL_RANK = 4;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue input = context.input(node, 0);
        EdgeValue slope = context.input(node, 1);
        boolean hasKernel = input.type() == TensorType.FLOAT32 && input.rank() <= KERNEL_RANK && input.rank() > 0;
        context.define(
                node,
                hasKernel
                        ? kernels.add(
                                BuiltinOperator.PRELU,
                                new OperatorOptions.None(),
                                List.of(input, slope),
                                input.type(),
                                input.shape())
                        : context.wrapped(node, composed(new Term(kernels, input), slope)));
    }

    private static EdgeValue composed(Term input, EdgeValue slope) {
        return input.isLess(0).choose(input.times(input.with(slope)), input).value();
    }
}
