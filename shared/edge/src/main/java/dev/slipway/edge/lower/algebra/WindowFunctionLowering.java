package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.ElementTypes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;

/**
 * A window of a size that only the running model knows, as a sum of cosines.
 *
 * @param weights that of the cosine of 0, 1, 2… turns over the window
 */
record WindowFunctionLowering(List<Double> weights) implements Lowering {
    static final WindowFunctionLowering HANN = new WindowFunctionLowering(List.of(0.5, -0.5));
    static final WindowFunctionLowering HAMMING = new WindowFunctionLowering(List.of(25.0 / 46, -21.0 / 46));
    static final WindowFunctionLowering BLACKMAN = new WindowFunctionLowering(List.of(0.42, -0.5, 0.08));

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue given = kernels.reshape(context.input(node, 0), List.<Length>of());
        EdgeValue size = kernels.cast(given, TensorType.INT32);
        EdgeValue places =
                kernels.cast(Counting.range(kernels, size, EdgeValue.scalar(TensorType.INT32, 1)), TensorType.FLOAT32);
        boolean periodic = node.integer("periodic").orElse(1L) != 0;
        EdgeValue length = kernels.cast(periodic ? size : kernels.add(size, -1), TensorType.FLOAT32);
        EdgeValue turns = kernels.divide(places, length);
        EdgeValue sum = EdgeValue.scalar(TensorType.FLOAT32, weights.get(0));
        for (int i = 1; i < weights.size(); i++) {
            EdgeValue angles = kernels.multiply(turns, 2 * Math.PI * i);
            EdgeValue cosines = kernels.unary(BuiltinOperator.COS, angles);
            sum = kernels.add(kernels.multiply(cosines, weights.get(i)), sum);
        }
        TensorType type = ElementTypes.computed(context.outputFacts(node, 0).type());
        context.define(node, kernels.cast(sum, type));
    }
}
