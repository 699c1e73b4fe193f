package dev.slipway.edge.lower.algebra;

import static dev.slipway.edge.lower.OperatorEntry.onnx;

import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import java.util.List;

/** Matrix products, normalisation and attention. */
public final class AlgebraOperators implements OperatorFamily {
    @Override
    public List<OperatorEntry> entries() {
        return List.of(
                onnx("Gemm", 7, new GemmLowering(), "FULLY_CONNECTED"),
                onnx("MatMul", 1, new MatrixProductLowering(), "FULLY_CONNECTED or BATCH_MATMUL"),
                onnx("Softmax", 1, new FlattenedSoftmaxLowering(), "SOFTMAX"),
                onnx("Softmax", 13, new SoftmaxLowering(), "SOFTMAX"));
    }
}
