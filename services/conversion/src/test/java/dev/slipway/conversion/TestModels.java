package dev.slipway.conversion;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;

import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.OnnxWriter;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small classifiers of images of 1 × 8 × 8 into three classes. */
public final class TestModels {
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
                .node("Gemm", List.of("flat", "w2", "b2"), "logits")
                .node("RandomNormalLike", List.of("logits"), "scores")
                .output("scores", batch("N", 3))
                .build());
    }

    /** A model whose weights differ by less than halves can tell at their size. */
    static byte[] delicate() {
        float[] large = new float[64 * 8];
        float[] nearly = weights("nearly", 5, 64, 8).floats();
        for (int i = 0; i < large.length; i++) {
            large[i] = 3000;
            nearly[i] += 3000;
        }
        return OnnxWriter.write(features()
                .initializer(OnnxTensor.float32("large", List.of(64, 8), large))
                .initializer(OnnxTensor.float32("nearly", List.of(64, 8), nearly))
                .initializer(weights("pick", 6, 8, 3))
                .node("MatMul", List.of("flat", "nearly"), "more")
                .node("MatMul", List.of("flat", "large"), "less")
                .node("Sub", List.of("more", "less"), "difference")
                .node("MatMul", List.of("difference", "pick"), "scores")
                .output("scores", batch("N", 3))
                .build());
    }

    /** A model whose run never ends. */
    public static byte[] endless() {
        List<OnnxValue> taken = List.of(
                OnnxValue.dense("i", ElementType.INT64),
                OnnxValue.dense("more", ElementType.BOOL),
                OnnxValue.dense("sum", ElementType.FLOAT32, Dimension.symbolic("N"), Dimension.fixed(3)));
        List<OnnxValue> given = List.of(
                OnnxValue.dense("again", ElementType.BOOL),
                OnnxValue.dense("next", ElementType.FLOAT32, Dimension.symbolic("N"), Dimension.fixed(3)));
        OnnxGraph body = new OnnxGraph(
                "body",
                List.of(
                        new OnnxNode("same", "", "Identity", List.of("more"), List.of("again"), Map.of()),
                        new OnnxNode("add", "", "Add", List.of("sum", "b2"), List.of("next"), Map.of())),
                List.of(),
                taken,
                given,
                List.of());
        return OnnxWriter.write(features()
                .node("Gemm", List.of("flat", "w2", "b2"), "logits")
                .initializer(OnnxTensor.int64("most", List.of(), new long[] {Long.MAX_VALUE}))
                .node(
                        "Loop",
                        List.of("most", "", "logits"),
                        "scores",
                        Map.of("body", new AttributeValue.GraphValue(body)))
                .output("scores", batch("N", 3))
                .build());
    }

    /** A small file whose run takes 6.4 GB. */
    static byte[] greedy() {
        return OnnxWriter.write(features()
                .node("Gemm", List.of("flat", "w2", "b2"), "logits")
                .node("ReduceMax", List.of("logits"), "one", Map.of("keepdims", AttributeValue.integer(0)))
                .integers("huge", 40_000, 40_000)
                .node("Expand", List.of("one", "huge"), "all")
                .node("ReduceMax", List.of("all"), "again", Map.of("keepdims", AttributeValue.integer(0)))
                .node("Add", List.of("logits", "again"), "scores")
                .output("scores", batch("N", 3))
                .build());
    }

    /** A model of 26 MB. */
    static byte[] large() {
        return OnnxWriter.write(features()
                .initializer(weights("wide", 5, 64, 100_000))
                .node("MatMul", List.of("flat", "wide"), "many")
                .node(
                        "ReduceMax",
                        List.of("many"),
                        "most",
                        Map.of("axes", AttributeValue.integers(1), "keepdims", AttributeValue.integer(1)))
                .node("Gemm", List.of("flat", "w2", "b2"), "logits")
                .node("Add", List.of("logits", "most"), "scores")
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

    public static Tensor images(int count) {
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
