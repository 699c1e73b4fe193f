package dev.slipway.edge.lower.movement;

import dev.slipway.edge.ConversionOptions;
import dev.slipway.edge.ConversionResult;
import dev.slipway.edge.Converter;
import dev.slipway.edge.Target;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A small model, and the inputs of the runs in which it is to give what ONNX Runtime gives. */
final class Example {
    private static final long IR_VERSION = 8;

    private final String name;
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> constants = new ArrayList<>();
    private final List<OnnxValue> inputs = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> runs = new ArrayList<>();
    private final Map<String, Long> opsets = new LinkedHashMap<>(Map.of("", 18L));

    private Example(String name) {
        this.name = name;
    }

    static Example named(String name) {
        return new Example(name);
    }

    Example opset(long version) {
        opsets.put("", version);
        return this;
    }

    /** An input whose lengths are numbers, or texts where they are open. */
    Example input(String value, ElementType type, Object... shape) {
        Dimension[] dimensions = Arrays.stream(shape)
                .map(length -> length instanceof Integer fixed
                        ? Dimension.fixed(fixed)
                        : Dimension.symbolic(length.toString()))
                .toArray(Dimension[]::new);
        inputs.add(OnnxValue.dense(value, type, dimensions));
        return this;
    }

    Example constant(OnnxTensor tensor) {
        constants.add(tensor);
        return this;
    }

    Example constant(String value, long... numbers) {
        return constant(OnnxTensor.int64(value, List.of(numbers.length), numbers));
    }

    /** A node with attributes given as names and values in turn. */
    Example node(String operator, String from, String to, Object... attributes) {
        return node("", operator, from, to, attributes);
    }

    /** A node of ONNX Runtime's own operators. */
    Example contributed(String operator, String from, String to, Object... attributes) {
        opsets.put("com.microsoft", 1L);
        return node("com.microsoft", operator, from, to, attributes);
    }

    private Example node(String domain, String operator, String from, String to, Object... attributes) {
        Map<String, AttributeValue> named = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            named.put((String) attributes[i], (AttributeValue) attributes[i + 1]);
        }
        nodes.add(new OnnxNode(operator + "_" + to, domain, operator, names(from), names(to), named));
        return this;
    }

    /** One run with these inputs. */
    Example run(OnnxTensor... tensors) {
        Map<String, OnnxTensor> run = new LinkedHashMap<>();
        for (OnnxTensor tensor : tensors) {
            run.put(tensor.name(), tensor);
        }
        runs.add(run);
        return this;
    }

    /** The values that no node reads. */
    private List<OnnxValue> outputs() {
        List<String> read =
                nodes.stream().flatMap(node -> node.inputs().stream()).toList();
        return nodes.stream()
                .flatMap(node -> node.outputs().stream())
                .filter(value -> !value.isEmpty() && !read.contains(value))
                .map(OnnxValue::undeclared)
                .toList();
    }

    List<String> operators() {
        return nodes.stream().map(OnnxNode::operator).toList();
    }

    OnnxModel model() {
        OnnxGraph graph = new OnnxGraph(name.replace(' ', '_'), nodes, constants, inputs, outputs(), List.of());
        return new OnnxModel(IR_VERSION, opsets, "slipway", "", "", graph, Map.of());
    }

    ConversionResult convert() {
        ConversionOptions options = ConversionOptions.to(Target.TFLITE);
        return new Converter().convert(model(), runs.isEmpty() ? options : options.withSamples(runs));
    }

    @Override
    public String toString() {
        return name;
    }

    /** Names separated by spaces; a dash is an optional input left out. */
    private static List<String> names(String text) {
        return Arrays.stream(text.split(" "))
                .filter(part -> !part.isEmpty())
                .map(part -> part.equals("-") ? "" : part)
                .toList();
    }

    /** Floats between -1 and 1, each another. */
    static OnnxTensor floats(String name, Integer... shape) {
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(shape));
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return OnnxTensor.float32(name, List.of(shape), values);
    }

    /** The numbers from 0 on, in a type whose elements take that many bytes. */
    static OnnxTensor counted(String name, ElementType type, Integer... shape) {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        ByteBuffer data = ByteBuffer.allocate(size * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            switch (type) {
                case FLOAT32 -> data.putFloat(i);
                case FLOAT64 -> data.putDouble(i);
                case BOOL -> data.put((byte) (i % 3 == 0 ? 1 : 0));
                case INT8, UINT8 -> data.put((byte) i);
                case INT16, UINT16 -> data.putShort((short) i);
                case INT32, UINT32 -> data.putInt(i);
                case INT64, UINT64 -> data.putLong(i);
                default -> throw new IllegalArgumentException("no " + type + " here");
            }
        }
        return new OnnxTensor(name, type, List.of(shape), data.flip());
    }

    static OnnxTensor longs(String name, long... values) {
        return OnnxTensor.int64(name, List.of(values.length), values);
    }

    static OnnxTensor scalar(String name, long value) {
        return OnnxTensor.int64(name, List.of(), value);
    }
}
