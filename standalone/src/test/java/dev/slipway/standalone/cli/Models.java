package dev.slipway.standalone.cli;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxWriter;
import java.util.List;
import java.util.Map;

/** ONNX files to convert. */
final class Models {
    private static final List<Integer> SQUARE = List.of(3, 3);
    private static final float[] WEIGHTS = {0.5f, -1, 2, 0.25f, 1, -0.5f, 3, 0, -2};

    private Models() {}

    /** Three numbers in, three probabilities out. */
    static byte[] good() {
        return OnnxWriter.write(OnnxGraphBuilder.named("good")
                .input("x", batch("N", 3))
                .initializer(OnnxTensor.float32("w", SQUARE, WEIGHTS))
                .node("Gemm", List.of("x", "w"), "y")
                .node("Softmax", List.of("y"), "p", Map.of("axis", AttributeValue.integer(-1)))
                .output("p", batch("N", 3))
                .build());
    }

    /** Sound for ONNX Runtime, but with an operator that has no lowering. */
    static byte[] withEinsum() {
        return OnnxWriter.write(OnnxGraphBuilder.named("einsum")
                .input("x", batch("N", 3))
                .initializer(OnnxTensor.float32("w", SQUARE, WEIGHTS))
                .node("Einsum", List.of("x", "w"), "y", Map.of("equation", AttributeValue.text("ij,jk->ik")))
                .output("y", batch("N", 3))
                .build());
    }
}
