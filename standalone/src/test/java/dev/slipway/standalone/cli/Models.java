package dev.slipway.standalone.cli;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
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
        return classifier(WEIGHTS);
    }

    /** The same with other weights. */
    static byte[] better() {
        return classifier(new float[] {-1, 2, 1, 0, 0.5f, 1, 3, -2, 1});
    }

    private static byte[] classifier(float... weights) {
        return OnnxWriter.write(OnnxGraphBuilder.named("good")
                .input("x", batch("N", 3))
                .initializer(OnnxTensor.float32("w", SQUARE, weights))
                .node("Gemm", List.of("x", "w"), "y")
                .node("Softmax", List.of("y"), "p", Map.of("axis", AttributeValue.integer(-1)))
                .output("p", batch("N", 3))
                .build());
    }

    /** An image in, ten numbers out; height and width are open. */
    static byte[] convolution() {
        float[] kernel = new float[4 * 3 * 3 * 3];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (i % 7 - 3) / 10f;
        }
        List<Dimension> image =
                List.of(Dimension.fixed(1), Dimension.fixed(3), Dimension.symbolic("H"), Dimension.symbolic("W"));
        return OnnxWriter.write(OnnxGraphBuilder.named("convolution")
                .input("image", image)
                .initializer(OnnxTensor.float32("kernel", List.of(4, 3, 3, 3), kernel))
                .node("Conv", List.of("image", "kernel"), "y", Map.of("pads", AttributeValue.integers(1, 1, 1, 1)))
                .node("Relu", List.of("y"), "features")
                .output("features")
                .build());
    }

    /** Large enough that its weights are worth making smaller. */
    static byte[] wide() {
        int width = 64;
        float[] weights = new float[width * width];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.sin(i);
        }
        return OnnxWriter.write(OnnxGraphBuilder.named("wide")
                .input("x", batch("N", width))
                .initializer(OnnxTensor.float32("w", List.of(width, width), weights))
                .node("MatMul", List.of("x", "w"), "y")
                .output("y", batch("N", width))
                .build());
    }

    /** Sound for ONNX Runtime, but with an operator whose results can't be compared. */
    static byte[] withRandomNumbers() {
        return OnnxWriter.write(OnnxGraphBuilder.named("random")
                .input("x", batch("N", 3))
                .node("RandomNormalLike", List.of("x"), "noise")
                .node("Add", List.of("x", "noise"), "y")
                .output("y", batch("N", 3))
                .build());
    }
}
