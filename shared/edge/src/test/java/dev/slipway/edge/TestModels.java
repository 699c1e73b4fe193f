package dev.slipway.edge;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Models that several tests convert, with seeded weights. */
final class TestModels {
    private TestModels() {}

    static OnnxTensor weights(String name, long seed, Integer... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        return OnnxTensor.float32(name, List.of(shape), values);
    }

    /** Two convolutions with pooling, then two fully connected layers: what the digits need. */
    static OnnxGraphBuilder digits() {
        return OnnxGraphBuilder.named("digits")
                .input("image", batch("N", 1, 8, 8))
                .initializer(weights("w1", 1, 16, 1, 3, 3))
                .initializer(weights("b1", 2, 16))
                .initializer(weights("w2", 3, 32, 16, 3, 3))
                .initializer(weights("b2", 4, 32))
                .initializer(weights("w3", 5, 64, 32 * 2 * 2))
                .initializer(weights("b3", 6, 64))
                .initializer(weights("w4", 7, 10, 64))
                .initializer(weights("b4", 8, 10))
                .node("Conv", List.of("image", "w1", "b1"), "c1", samePads())
                .node("Relu", List.of("c1"), "r1")
                .node("MaxPool", List.of("r1"), "p1", halving())
                .node("Conv", List.of("p1", "w2", "b2"), "c2", samePads())
                .node("Relu", List.of("c2"), "r2")
                .node("MaxPool", List.of("r2"), "p2", halving())
                .node("Flatten", List.of("p2"), "flat")
                .node("Gemm", List.of("flat", "w3", "b3"), "g1", Map.of("transB", AttributeValue.integer(1)))
                .node("Relu", List.of("g1"), "r3")
                .node("Dropout", List.of("r3"), "d")
                .node("Gemm", List.of("d", "w4", "b4"), "g2", Map.of("transB", AttributeValue.integer(1)))
                .node("Softmax", List.of("g2"), "scores", Map.of("axis", AttributeValue.integer(-1)))
                .output("scores", batch("N", 10));
    }

    static Map<String, AttributeValue> samePads() {
        return Map.of("pads", AttributeValue.integers(1, 1, 1, 1));
    }

    static Map<String, AttributeValue> halving() {
        return Map.of("kernel_shape", AttributeValue.integers(2, 2), "strides", AttributeValue.integers(2, 2));
    }

    /** Images to images, with what a plain convolutional network is made of: a branch, a gate, pads, a shuffle. */
    static OnnxModel network() {
        return OnnxGraphBuilder.named("network")
                .input("image", batch("N", 3, 16, 12))
                .initializer(weights("w1", 1, 8, 3, 3, 3))
                .initializer(weights("w2", 2, 8, 1, 3, 3))
                .initializer(weights("w3", 3, 8, 8, 1, 1))
                .initializer(weights("w4", 4, 4, 16, 1, 1))
                .initializer(weights("scale", 5, 8))
                .initializer(weights("shift", 6, 8))
                .initializer(weights("mean", 7, 8))
                .initializer(OnnxTensor.float32("variance", List.of(8), 1, 2, 3, 4, 5, 6, 7, 8))
                .integers("groups", 0, 2, 4, 16, 12)
                .integers("image shape", 0, 8, 16, 12)
                .node("Conv", List.of("image", "w1"), "c1", samePads())
                .node("BatchNormalization", List.of("c1", "scale", "shift", "mean", "variance"), "b1")
                .node("Relu", List.of("b1"), "r1")
                .node("Reshape", List.of("r1", "groups"), "g1")
                .node("Transpose", List.of("g1"), "g2", Map.of("perm", AttributeValue.integers(0, 2, 1, 3, 4)))
                .node("Reshape", List.of("g2", "image shape"), "shuffled")
                .node(
                        "Conv",
                        List.of("shuffled", "w2"),
                        "c2",
                        Map.of("pads", AttributeValue.integers(1, 1, 1, 1), "group", AttributeValue.integer(8)))
                .node("GlobalAveragePool", List.of("c2"), "p")
                .node("Conv", List.of("p", "w3"), "gate")
                .node("Sigmoid", List.of("gate"), "s")
                .node("Mul", List.of("c2", "s"), "gated")
                .node("Concat", List.of("gated", "r1"), "both", Map.of("axis", AttributeValue.integer(1)))
                .node("MaxPool", List.of("both"), "halved", halving())
                .node("Conv", List.of("halved", "w4"), "features")
                .output("features", batch("N", 4, 8, 6))
                .build();
    }
}
