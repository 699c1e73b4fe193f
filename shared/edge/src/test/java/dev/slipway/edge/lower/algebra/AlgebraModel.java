package dev.slipway.edge.lower.algebra;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A model of one node whose inputs are described in words such as {@code "x:N,3,4"} (an input of open batch), {@code
 * "w=4,5"} (a seeded constant), {@code "s#2,3"} (a vector of integers; {@code "s#2"} is a scalar), {@code "m%2,3"} (integers of a shape), {@code "n!4,5,"} (a vector of short integers; {@code "n!4"} is a scalar) or {@code
 * ""} (left out).
 */
record AlgebraModel(
        String domain,
        String operator,
        long opset,
        List<String> inputs,
        int outputs,
        Map<String, AttributeValue> attributes) {

    static AlgebraModel of(String operator, long opset, String... inputs) {
        return new AlgebraModel("", operator, opset, List.of(inputs), 1, Map.of());
    }

    static AlgebraModel contributed(String operator, String... inputs) {
        return new AlgebraModel("com.microsoft", operator, 17, List.of(inputs), 1, Map.of());
    }

    AlgebraModel with(String attribute, AttributeValue value) {
        Map<String, AttributeValue> more = new HashMap<>(attributes);
        more.put(attribute, value);
        return new AlgebraModel(domain, operator, opset, inputs, outputs, more);
    }

    AlgebraModel with(String attribute, long value) {
        return with(attribute, AttributeValue.integer(value));
    }

    AlgebraModel with(String attribute, double value) {
        return with(attribute, AttributeValue.number((float) value));
    }

    AlgebraModel with(String attribute, String value) {
        return with(attribute, AttributeValue.text(value));
    }

    AlgebraModel outputs(int count) {
        return new AlgebraModel(domain, operator, opset, inputs, count, attributes);
    }

    OnnxModel build() {
        List<OnnxValue> values = new ArrayList<>();
        List<OnnxTensor> constants = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String input : inputs) {
            String name = input.replaceAll("[:=#%!].*", "");
            String rest = input.substring(name.length());
            names.add(name);
            if (rest.startsWith(":")) {
                values.add(OnnxValue.dense(name, ElementType.FLOAT32, shape(rest.substring(1))));
            } else if (rest.startsWith("=")) {
                constants.add(floats(name, lengths(rest.substring(1))));
            } else if (rest.startsWith("#")) {
                List<Integer> elements = lengths(rest.substring(1));
                constants.add(OnnxTensor.int64(
                        name,
                        elements.size() == 1 && !rest.endsWith(",") ? List.of() : List.of(elements.size()),
                        elements.stream().mapToLong(Integer::longValue).toArray()));
            } else if (rest.startsWith("%")) {
                constants.add(marks(name, lengths(rest.substring(1))));
            } else if (rest.startsWith("!")) {
                List<Integer> elements = lengths(rest.substring(1));
                constants.add(integers(name, rest.endsWith(",") ? List.of(elements.size()) : List.of(), elements));
            }
        }
        List<String> made = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            made.add("y" + i);
        }
        OnnxNode node = new OnnxNode("node", domain, operator, names, made, attributes);
        Map<String, Long> opsets = new LinkedHashMap<>(Map.of("com.microsoft", 1L, "", opset));
        OnnxGraph graph = new OnnxGraph(
                operator,
                List.of(node),
                constants,
                values,
                made.stream().map(OnnxValue::undeclared).toList(),
                List.of());
        return new OnnxModel(10, opsets, "slipway", "", "", graph, Map.of());
    }

    /** Positive, so that they may be variances. */
    private static OnnxTensor floats(String name, List<Integer> shape) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        int size = shape.stream().reduce(1, (a, b) -> a * b);
        ByteBuffer data = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            data.putFloat((float) random.nextDouble(0.1, 1));
        }
        return new OnnxTensor(name, ElementType.FLOAT32, shape, data.flip());
    }

    /** Integers from 0 to 2, which may be a mask, words or lengths. */
    private static OnnxTensor marks(String name, List<Integer> shape) {
        int size = shape.stream().reduce(1, (a, b) -> a * b);
        ByteBuffer data = ByteBuffer.allocate(size * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            data.putInt((i * 7 + 1) % 3);
        }
        return new OnnxTensor(name, ElementType.INT32, shape, data.flip());
    }

    private static OnnxTensor integers(String name, List<Integer> shape, List<Integer> elements) {
        ByteBuffer data = ByteBuffer.allocate(elements.size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        elements.forEach(data::putInt);
        return new OnnxTensor(name, ElementType.INT32, shape, data.flip());
    }

    private static Dimension[] shape(String text) {
        return parts(text)
                .map(part -> Character.isDigit(part.charAt(0))
                        ? Dimension.fixed(Long.parseLong(part))
                        : Dimension.symbolic(part))
                .toArray(Dimension[]::new);
    }

    private static List<Integer> lengths(String text) {
        return parts(text).map(Integer::valueOf).toList();
    }

    private static Stream<String> parts(String text) {
        return Arrays.stream(text.split(",", -1)).filter(part -> !part.isEmpty());
    }

    @Override
    public String toString() {
        return operator + " " + opset + " " + inputs + " " + attributes;
    }
}
