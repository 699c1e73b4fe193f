package dev.slipway.edge.lower.algebra;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** The matrix of a Fourier transform whose length only the running model knows. */
record ComputedFourier(Kernels kernels, boolean inverse) {

    /** As {@link Fourier#weights}, of as many samples as the transform is long. */
    EdgeValue weights(Length length, boolean oneSided, int parts) {
        EdgeValue size = kernels.length(length);
        EdgeValue samples = Counting.range(kernels, size, EdgeValue.scalar(TensorType.INT32, 1));
        EdgeValue bins = samples;
        if (oneSided) {
            EdgeValue half = kernels.divide(size, EdgeValue.scalar(TensorType.INT32, 2));
            bins = Counting.range(kernels, kernels.add(half, 1), EdgeValue.scalar(TensorType.INT32, 1));
        }
        EdgeValue products =
                kernels.multiply(kernels.unsqueeze(bins, List.of(1)), kernels.unsqueeze(samples, List.of(0)));
        // Whole turns are taken off while numbers are exact.
        EdgeValue turns = kernels.cast(kernels.binary(BuiltinOperator.FLOOR_MOD, products, size), TensorType.FLOAT32);
        EdgeValue count = kernels.cast(size, TensorType.FLOAT32);
        EdgeValue angles = kernels.multiply(kernels.divide(turns, count), 2 * Math.PI);
        EdgeValue cosines = cosine(angles);
        EdgeValue sines = kernels.unary(BuiltinOperator.SIN, angles);
        if (inverse) {
            cosines = kernels.divide(cosines, count);
            sines = kernels.divide(sines, count);
        } else {
            sines = kernels.unary(BuiltinOperator.NEG, sines);
        }
        EdgeValue weights;
        if (parts == 1) {
            weights = kernels.pack(List.of(cosines, sines), 1);
        } else {
            EdgeValue real = kernels.pack(List.of(cosines, kernels.unary(BuiltinOperator.NEG, sines)), 2);
            EdgeValue imaginary = kernels.pack(List.of(sines, cosines), 2);
            weights = kernels.pack(List.of(real, imaginary), 1);
        }
        return Grouping.grouped(kernels, weights, 0, 2, weights.rank());
    }

    private EdgeValue cosine(EdgeValue angles) {
        return kernels.unary(BuiltinOperator.COS, angles);
    }
}
