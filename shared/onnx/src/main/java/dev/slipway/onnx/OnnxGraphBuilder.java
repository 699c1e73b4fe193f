package dev.slipway.onnx;

import dev.slipway.kernel.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a model node by node.
 *
 * <pre>{@code
 * OnnxModel model = OnnxGraphBuilder.named("digits")
 *         .input("image", batch("N", 1, 8, 8))
 *         .initializer("weight", weight)
 *         .node("Conv", List.of("image", "weight"), "features", Map.of("pads", AttributeValue.integers(1, 1, 1, 1)))
 *         .node("Relu", List.of("features"), "activations")
 *         .output("activations", batch("N", 16, 8, 8))
 *         .build();
 * }</pre>
 */
public final class OnnxGraphBuilder {
    /** The operator set whose meaning the nodes have unless {@link #opset} says otherwise. */
    public static final long OPSET = 17;

    private static final long IR_VERSION = 8;

    private final String name;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> initializers = new ArrayList<>();
    private final List<OnnxValue> inputs = new ArrayList<>();
    private final List<OnnxValue> outputs = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Long> opsets = new LinkedHashMap<>(Map.of("", OPSET));
    private String producer = "slipway";
    private String description = "";

    private OnnxGraphBuilder(String name) {
        this.name = name;
    }

    public static OnnxGraphBuilder named(String name) {
        return new OnnxGraphBuilder(name);
    }

    /** A shape whose first axis is symbolic, usually the batch. */
    public static List<Dimension> batch(String symbol, int... rest) {
        List<Dimension> shape = new ArrayList<>(List.of(Dimension.symbolic(symbol)));
        shape.addAll(fixed(rest));
        return shape;
    }

    /** A shape of fixed lengths. */
    public static List<Dimension> fixed(int... lengths) {
        List<Dimension> shape = new ArrayList<>();
        for (int length : lengths) {
            shape.add(Dimension.fixed(length));
        }
        return shape;
    }

    /** A float32 input. */
    public OnnxGraphBuilder input(String value, List<Dimension> shape) {
        inputs.add(OnnxValue.dense(value, ElementType.FLOAT32, shape.toArray(Dimension[]::new)));
        return this;
    }

    /** A float32 output. */
    public OnnxGraphBuilder output(String value, List<Dimension> shape) {
        outputs.add(OnnxValue.dense(value, ElementType.FLOAT32, shape.toArray(Dimension[]::new)));
        return this;
    }

    /** An output whose type ONNX Runtime is to infer. */
    public OnnxGraphBuilder output(String value) {
        outputs.add(OnnxValue.undeclared(value));
        return this;
    }

    public OnnxGraphBuilder initializer(String value, Tensor tensor) {
        return initializer(OnnxTensor.of(value, tensor));
    }

    public OnnxGraphBuilder initializer(OnnxTensor tensor) {
        initializers.add(tensor);
        return this;
    }

    /** Adds an int64 vector, such as the shape that Reshape takes. */
    public OnnxGraphBuilder integers(String value, long... values) {
        return initializer(OnnxTensor.int64(value, List.of(values.length), values));
    }

    public OnnxGraphBuilder node(String operator, List<String> from, String to) {
        return node(operator, from, to, Map.of());
    }

    /** Adds a node that makes one value and is named after it. */
    public OnnxGraphBuilder node(
            String operator, List<String> from, String to, Map<String, AttributeValue> attributes) {
        return node(new OnnxNode(operator + "_" + to, "", operator, from, List.of(to), attributes));
    }

    public OnnxGraphBuilder node(OnnxNode node) {
        nodes.add(node);
        return this;
    }

    /** The version of ONNX's own operators, {@value #OPSET} if not called. */
    public OnnxGraphBuilder opset(long version) {
        opsets.put("", version);
        return this;
    }

    public OnnxGraphBuilder producer(String value) {
        producer = value;
        return this;
    }

    public OnnxGraphBuilder description(String value) {
        description = value;
        return this;
    }

    public OnnxGraphBuilder metadata(String key, String value) {
        metadata.put(key, value);
        return this;
    }

    /** Fails with {@code onnx.malformed} if a name is made twice or used before it is made. */
    public OnnxModel build() {
        OnnxGraph graph = new OnnxGraph(name, nodes, initializers, inputs, outputs, List.of());
        GraphNames.check(graph);
        return new OnnxModel(IR_VERSION, opsets, producer, "", description, graph, metadata);
    }
}
