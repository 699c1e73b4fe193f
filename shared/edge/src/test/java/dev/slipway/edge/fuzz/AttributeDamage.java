package dev.slipway.edge.fuzz;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Changes a node's attributes, often to values that the same operator has elsewhere. */
final class AttributeDamage {
    private record Known(String name, AttributeValue value) {}

    private final Map<String, List<Known>> byOperator = new HashMap<>();
    private final List<Known> all = new ArrayList<>();

    AttributeDamage(List<OnnxModel> seeds) {
        for (OnnxModel seed : seeds) {
            for (OnnxNode node : seed.graph().nodes()) {
                node.sortedAttributes().forEach((name, value) -> {
                    Known known = new Known(name, value);
                    all.add(known);
                    byOperator
                            .computeIfAbsent(node.operator(), operator -> new ArrayList<>())
                            .add(known);
                });
            }
        }
    }

    OnnxNode apply(OnnxNode node, Chance chance, UnaryOperator<AttributeValue> bodies) {
        Map<String, AttributeValue> attributes = new TreeMap<>(node.attributes());
        int kind = chance.below(8);
        if (kind < 2 || attributes.isEmpty()) {
            List<Known> fitting = byOperator.getOrDefault(node.operator(), all);
            Known other = chance.of(chance.one(5) ? all : fitting);
            attributes.put(other.name(), chance.one(3) ? changed(other.value(), chance, bodies) : other.value());
        } else {
            String name = chance.of(List.copyOf(attributes.keySet()));
            if (kind == 2) {
                attributes.remove(name);
            } else if (kind == 3 && chance.one(3)) {
                attributes.put(name, anything(chance));
            } else {
                attributes.computeIfPresent(name, (key, value) -> changed(value, chance, bodies));
            }
        }
        return node.withAttributes(attributes);
    }

    private AttributeValue anything(Chance chance) {
        return switch (chance.below(4)) {
            case 0 -> AttributeValue.integer(chance.integer(0));
            case 1 -> AttributeValue.number(chance.number());
            case 2 -> AttributeValue.text(chance.name());
            default -> chance.of(all).value();
        };
    }

    private static AttributeValue changed(AttributeValue value, Chance chance, UnaryOperator<AttributeValue> bodies) {
        if (value instanceof AttributeValue.IntegerValue integer) {
            return AttributeValue.integer(chance.integer(integer.value()));
        } else if (value instanceof AttributeValue.NumberValue) {
            return AttributeValue.number(chance.number());
        } else if (value instanceof AttributeValue.Text text) {
            return AttributeValue.text(
                    chance.one(2) ? chance.name() : text.value().toLowerCase(java.util.Locale.ROOT));
        } else if (value instanceof AttributeValue.Integers integers) {
            return new AttributeValue.Integers(
                    chance.one(3)
                            ? chance.rearranged(integers.values(), chance.integer(1))
                            : chance.changed(integers.values(), chance::integer));
        } else if (value instanceof AttributeValue.Numbers numbers) {
            return new AttributeValue.Numbers(
                    chance.one(3)
                            ? chance.rearranged(numbers.values(), chance.number())
                            : chance.changed(numbers.values(), old -> chance.number()));
        } else if (value instanceof AttributeValue.Texts texts) {
            return new AttributeValue.Texts(
                    chance.one(3)
                            ? chance.rearranged(texts.values(), "Tanh")
                            : chance.changed(texts.values(), old -> chance.name()));
        } else if (value instanceof AttributeValue.TensorValue tensor) {
            return new AttributeValue.TensorValue(TensorDamage.apply(tensor.value(), chance));
        }
        return bodies.apply(value);
    }
}
