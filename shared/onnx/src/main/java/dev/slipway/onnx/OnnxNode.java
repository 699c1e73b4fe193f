package dev.slipway.onnx;

import dev.slipway.kernel.SlipwayException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One application of an operator.
 *
 * @param name for messages; may be empty
 * @param domain whose operator it is; empty for ONNX's own
 * @param inputs names of values; an empty name is an optional input left out
 * @param outputs names of values; an empty name is an optional output left out
 */
public record OnnxNode(
        String name,
        String domain,
        String operator,
        List<String> inputs,
        List<String> outputs,
        Map<String, AttributeValue> attributes) {

    public OnnxNode {
        domain = domain.equals("ai.onnx") ? "" : domain;
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    /** The name of input {@code index}, unless it was left out. */
    public Optional<String> input(int index) {
        return index < inputs.size() && !inputs.get(index).isEmpty()
                ? Optional.of(inputs.get(index))
                : Optional.empty();
    }

    /** How messages call this node: its name or, without one, what it makes. */
    public String label() {
        return Names.shown(name.isEmpty() ? String.join(",", outputs) : name);
    }

    /** The bodies of If, Loop or Scan, in the order of their attributes' names. */
    public List<OnnxGraph> bodies() {
        return sortedAttributes().values().stream()
                .flatMap(value -> value instanceof AttributeValue.GraphValue body
                        ? Stream.of(body.value())
                        : value instanceof AttributeValue.Graphs several ? several.values().stream() : Stream.empty())
                .toList();
    }

    /** The values of the graph around this node that its bodies use, at any depth, besides its {@link #inputs}. */
    public Set<String> captures() {
        Set<String> captures = new LinkedHashSet<>();
        bodies().forEach(body -> captures.addAll(body.captures()));
        return captures;
    }

    /** Every value that must be made before this node can run: what it takes and what its bodies use. */
    public Set<String> reads() {
        Set<String> reads = new LinkedHashSet<>(inputs);
        reads.remove("");
        reads.addAll(captures());
        return reads;
    }

    public Optional<Long> integer(String attribute) {
        return value(attribute, AttributeValue.IntegerValue.class).map(AttributeValue.IntegerValue::value);
    }

    public Optional<Float> number(String attribute) {
        return value(attribute, AttributeValue.NumberValue.class).map(AttributeValue.NumberValue::value);
    }

    public Optional<String> text(String attribute) {
        return value(attribute, AttributeValue.Text.class).map(AttributeValue.Text::value);
    }

    public Optional<List<Long>> integers(String attribute) {
        return value(attribute, AttributeValue.Integers.class).map(AttributeValue.Integers::values);
    }

    public Optional<List<Float>> numbers(String attribute) {
        return value(attribute, AttributeValue.Numbers.class).map(AttributeValue.Numbers::values);
    }

    public Optional<List<String>> texts(String attribute) {
        return value(attribute, AttributeValue.Texts.class).map(AttributeValue.Texts::values);
    }

    public Optional<OnnxTensor> tensor(String attribute) {
        return value(attribute, AttributeValue.TensorValue.class).map(AttributeValue.TensorValue::value);
    }

    public Optional<OnnxGraph> body(String attribute) {
        return value(attribute, AttributeValue.GraphValue.class).map(AttributeValue.GraphValue::value);
    }

    public OnnxNode withInputs(List<String> other) {
        return new OnnxNode(name, domain, operator, other, outputs, attributes);
    }

    public OnnxNode withOutputs(List<String> other) {
        return new OnnxNode(name, domain, operator, inputs, other, attributes);
    }

    public OnnxNode withAttributes(Map<String, AttributeValue> other) {
        return new OnnxNode(name, domain, operator, inputs, outputs, other);
    }

    private <T extends AttributeValue> Optional<T> value(String attribute, Class<T> type) {
        AttributeValue value = attributes.get(attribute);
        if (value != null && !type.isInstance(value)) {
            throw SlipwayException.invalid(
                    "onnx.malformed",
                    "Attribute '" + Names.shown(attribute) + "' of node '" + label() + "' (" + operator + ") is "
                            + value.getClass().getSimpleName() + ", but must be " + type.getSimpleName() + ".");
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    /** Attributes in the order of their names, so that equal models are written as equal bytes. */
    public Map<String, AttributeValue> sortedAttributes() {
        return new TreeMap<>(attributes);
    }
}
