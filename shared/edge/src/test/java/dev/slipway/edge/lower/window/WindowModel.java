package dev.slipway.edge.lower.window;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A model of one node whose inputs are described in words such as {@code "x:N,3,H,W"} (an input, of which some lengths
 * are open), {@code "w=4,3,2"} (a seeded constant of this shape), {@code "s~1,1,2,2"} (a constant vector of floats),
 * {@code "s#1,1,8,8"} (one of integers) or {@code ""} (left out).
 */
record WindowModel(
        String operator,
        String domain,
        long opset,
        List<String> inputs,
        int outputs,
        Map<String, AttributeValue> attributes) {

    static WindowModel of(String operator, long opset, String... inputs) {
        return new WindowModel(operator, "", opset, List.of(inputs), 1, Map.of());
    }

    WindowModel contributed() {
        return new WindowModel(operator, "com.microsoft", opset, inputs, outputs, attributes);
    }

    WindowModel with(String attribute, long... values) {
        return with(attribute, AttributeValue.integers(values));
    }

    WindowModel flag(String attribute, long value) {
        return with(attribute, AttributeValue.integer(value));
    }

    WindowModel number(String attribute, double value) {
        return with(attribute, AttributeValue.number((float) value));
    }

    WindowModel numbers(String attribute, Float... values) {
        return with(attribute, new AttributeValue.Numbers(List.of(values)));
    }

    WindowModel text(String attribute, String value) {
        return with(attribute, AttributeValue.text(value));
    }

    WindowModel outputs(int count) {
        return new WindowModel(operator, domain, opset, inputs, count, attributes);
    }

    private WindowModel with(String attribute, AttributeValue value) {
        Map<String, AttributeValue> more = new TreeMap<>(attributes);
        more.put(attribute, value);
        return new WindowModel(operator, domain, opset, inputs, outputs, more);
    }

    OnnxModel build() {
        List<OnnxValue> values = new ArrayList<>();
        List<OnnxTensor> constants = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String input : inputs) {
            String name = input.isEmpty() ? "" : input.substring(0, 1);
            String rest = input.isEmpty() ? "" : input.substring(2);
            names.add(name);
            switch (input.isEmpty() ? ' ' : input.charAt(1)) {
                case ':' -> values.add(OnnxValue.dense(name, ElementType.FLOAT32, shape(rest)));
                case '=' -> constants.add(seeded(name, integers(rest)));
                case '~' -> constants.add(floats(name, rest));
                case '#' ->
                    constants.add(OnnxTensor.int64(
                            name,
                            List.of(integers(rest).size()),
                            integers(rest).stream()
                                    .mapToLong(Integer::longValue)
                                    .toArray()));
                default -> {}
            }
        }
        List<String> made = Stream.of("y", "z").limit(outputs).toList();
        OnnxNode node = new OnnxNode("node", domain, operator, names, made, attributes);
        OnnxGraph graph = new OnnxGraph(
                operator,
                List.of(node),
                constants,
                values,
                made.stream().map(OnnxValue::undeclared).toList(),
                List.of());
        Map<String, Long> opsets = new LinkedHashMap<>(Map.of("com.microsoft", 1L, "", opset));
        return new OnnxModel(8, opsets, "slipway", "", "", graph, Map.of());
    }

    private static OnnxTensor seeded(String name, List<Integer> shape) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        float[] values = new float[shape.stream().reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-0.5, 0.5);
        }
        return OnnxTensor.float32(name, shape, values);
    }

    /** A vector, or with a slash rows of a matrix. */
    private static OnnxTensor floats(String name, String text) {
        List<Float> numbers = parts(text.replace('/', ',')).map(Float::valueOf).toList();
        int rows = text.split("/").length;
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i);
        }
        List<Integer> shape = rows == 1 ? List.of(values.length) : List.of(rows, values.length / rows);
        return OnnxTensor.float32(name, shape, values);
    }

    private static Dimension[] shape(String text) {
        return parts(text)
                .map(part -> Character.isDigit(part.charAt(0))
                        ? Dimension.fixed(Long.parseLong(part))
                        : Dimension.symbolic(part))
                .toArray(Dimension[]::new);
    }

    private static List<Integer> integers(String text) {
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
