package dev.slipway.conversion;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;

import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxWriter;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small classifiers of images of 1 × 8 × 8 into three classes. */
final class TestModels {
    static final List<Integer> SHAPE = List.of(1, 8, 8);

    private TestModels() {}

    /** A convolution, pooling and a fully connected layer. */
    static byte[] convolutional() {
        return OnnxWriter.write(features()
                .node("Gemm", List.of("flat", "w2", "b2"), "logits")
                .node("Softmax", List.of("logits"), "scores", Map.of("axis", AttributeValue.integer(-1)))
                .output("scores", batch("N", 3))
                .build());
    }

    /** A model that ONNX Runtime runs and no lowering knows. */
    static byte[] unsupported() {
        return OnnxWriter.write(features()
                .integers("axis", 1)
                .node("Gemm", List.of("flat", "w2", "b2"), "logits")
                .node("CumSum", List.of("logits", "axis"), "scores")
                .output("scores", batch("N", 3))
                .build());
    }

    private static OnnxGraphBuilder features() {
        return OnnxGraphBuilder.named("small")
                .input("image", batch("N", 1, 8, 8))
                .initializer(weights("w1", 1, 4, 1, 3, 3))
                .initializer(weights("b1", 2, 4))
                .initializer(weights("w2", 3, 64, 3))
                .initializer(weights("b2", 4, 3))
                .node("Conv", List.of("image", "w1", "b1"), "c1", Map.of("pads", AttributeValue.integers(1, 1, 1, 1)))
                .node("Relu", List.of("c1"), "r1")
                .node(
                        "MaxPool",
                        List.of("r1"),
                        "p1",
                        Map.of(
                                "kernel_shape", AttributeValue.integers(2, 2),
                                "strides", AttributeValue.integers(2, 2)))
                .node("Flatten", List.of("p1"), "flat");
    }

    static Tensor images(int count) {
        return new Tensor(List.of(count, 1, 8, 8), random(7, count * 64));
    }

    private static OnnxTensor weights(String name, long seed, Integer... shape) {
        int size = List.of(shape).stream().reduce(1, Math::multiplyExact);
        return OnnxTensor.float32(name, List.of(shape), random(seed, size));
    }

    private static float[] random(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
