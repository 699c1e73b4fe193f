package dev.slipway.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What names mean where nodes are read: in the model themselves, in a function's body what its call made of them.
 *
 * @param prefix of the body's own values; empty in the model
 * @param values what the function's parameters are called outside
 * @param attributes what the call, or the function's default, says about each attribute parameter
 * @param calls the functions being inlined, the outermost first
 */
record Scope(
        String prefix, Map<String, String> values, Map<String, AttributeValue> attributes, List<FunctionKey> calls) {

    static Scope model() {
        return new Scope("", Map.of(), Map.of(), List.of());
    }

    boolean isFunction() {
        return !calls.isEmpty();
    }

    /** What a value is called in the inlined graph; an empty name stays empty, an optional value left out. */
    String value(String name) {
        if (name.isEmpty() || !isFunction()) {
            return name;
        }
        return values.getOrDefault(name, prefix + name);
    }

    /** The value of a function's attribute parameter, unless neither call nor function gives one. */
    Optional<AttributeValue> attribute(String parameter) {
        return Optional.ofNullable(attributes.get(parameter));
    }
}
