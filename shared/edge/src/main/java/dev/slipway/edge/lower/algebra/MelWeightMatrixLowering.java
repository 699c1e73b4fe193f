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

/** The triangles of the mel scale over a spectrum, of sizes that only the running model knows. */
final class MelWeightMatrixLowering implements Lowering {
    private static final double MEL = 2595;
    private static final double HERTZ = 700;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        EdgeValue one = EdgeValue.scalar(TensorType.INT32, 1);
        EdgeValue bands = integer(node, context, 0);
        EdgeValue length = integer(node, context, 1);
        EdgeValue edges = edges(node, context, kernels.add(bands, 2), length);
        EdgeValue half = kernels.divide(length, EdgeValue.scalar(TensorType.INT32, 2));
        EdgeValue spectrum = kernels.cast(Counting.range(kernels, kernels.add(half, 1), one), TensorType.FLOAT32);
        EdgeValue bin = kernels.unsqueeze(spectrum, List.of(1));
        EdgeValue numbers = Counting.range(kernels, bands, one);
        EdgeValue left = row(kernels, edges, numbers);
        EdgeValue centre = row(kernels, edges, kernels.add(numbers, 1));
        EdgeValue right = row(kernels, edges, kernels.add(numbers, 2));

        EdgeValue zero = EdgeValue.scalar(TensorType.FLOAT32, 0);
        EdgeValue rise = kernels.subtract(centre, left);
        EdgeValue rising = kernels.divide(
                kernels.subtract(bin, left), kernels.maximum(rise, EdgeValue.scalar(TensorType.FLOAT32, 1)));
        EdgeValue fall = kernels.maximum(kernels.subtract(right, centre), EdgeValue.scalar(TensorType.FLOAT32, 1));
        EdgeValue falling = kernels.divide(kernels.subtract(right, bin), fall);
        EdgeValue peak = kernels.compare(BuiltinOperator.EQUAL, bin, centre);
        EdgeValue isRising = between(kernels, left, bin, centre);
        EdgeValue isFalling = between(kernels, centre, bin, right);
        EdgeValue slopes = kernels.select(isRising, rising, kernels.select(isFalling, falling, zero));
        EdgeValue matrix = kernels.select(peak, EdgeValue.scalar(TensorType.FLOAT32, 1), slopes);
        TensorType type = ElementTypes.computed(context.outputFacts(node, 0).type());
        context.define(node, kernels.cast(matrix, type));
    }

    /** The bins of the spectrum where triangles begin, peak and end. */
    private static EdgeValue edges(OnnxNode node, LoweringContext context, EdgeValue count, EdgeValue length) {
        Kernels kernels = context.kernels(node);
        EdgeValue rate = kernels.cast(integer(node, context, 2), TensorType.FLOAT32);
        EdgeValue low = mel(kernels, scalar(kernels, context.input(node, 3)));
        EdgeValue high = mel(kernels, scalar(kernels, context.input(node, 4)));
        EdgeValue step = kernels.divide(kernels.subtract(high, low), kernels.cast(count, TensorType.FLOAT32));
        EdgeValue numbers =
                kernels.cast(Counting.range(kernels, count, EdgeValue.scalar(TensorType.INT32, 1)), TensorType.FLOAT32);
        EdgeValue mels = kernels.add(kernels.multiply(numbers, step), low);
        EdgeValue powers = kernels.unary(BuiltinOperator.EXP, kernels.multiply(mels, Math.log(10) / MEL));
        EdgeValue hertz = kernels.multiply(kernels.add(powers, -1), HERTZ);
        EdgeValue size = kernels.cast(kernels.add(length, 1), TensorType.FLOAT32);
        return kernels.unary(BuiltinOperator.FLOOR, kernels.divide(kernels.multiply(hertz, size), rate));
    }

    private static EdgeValue mel(Kernels kernels, EdgeValue hertz) {
        EdgeValue ratio = kernels.add(kernels.multiply(hertz, 1 / HERTZ), 1);
        return kernels.multiply(kernels.unary(BuiltinOperator.LOG, ratio), MEL / Math.log(10));
    }

    private static EdgeValue between(Kernels kernels, EdgeValue from, EdgeValue value, EdgeValue to) {
        return kernels.binary(
                BuiltinOperator.LOGICAL_AND,
                kernels.compare(BuiltinOperator.LESS_EQUAL, from, value),
                kernels.compare(BuiltinOperator.LESS, value, to));
    }

    private static EdgeValue row(Kernels kernels, EdgeValue edges, EdgeValue places) {
        return kernels.unsqueeze(kernels.gather(edges, places, 0), List.of(0));
    }

    private static EdgeValue integer(OnnxNode node, LoweringContext context, int input) {
        Kernels kernels = context.kernels(node);
        return kernels.cast(scalar(kernels, context.input(node, input)), TensorType.INT32);
    }

    private static EdgeValue scalar(Kernels kernels, EdgeValue value) {
        return kernels.reshape(value, List.<Length>of());
    }
}
