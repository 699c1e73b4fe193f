package dev.slipway.training.trace;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.ObjectMapper;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the values of OpenTelemetry's attributes. */
@Singleton
final class AttributeValues {
    private final ObjectMapper json;

    AttributeValues(ObjectMapper json) {
        this.json = json;
    }

    static Map<String, AnyValue> byKey(List<KeyValue> attributes) {
        Map<String, AnyValue> byKey = new LinkedHashMap<>();
        attributes.forEach(attribute -> byKey.put(attribute.getKey(), attribute.getValue()));
        return byKey;
    }

    /** The last value of a key; null for none. */
    @Nullable
    static AnyValue find(List<KeyValue> attributes, String key) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .reduce((before, last) -> last)
                .map(KeyValue::getValue)
                .orElse(null);
    }

    /** A text as it is, anything else as JSON; null for no value. */
    @Nullable
    String text(@Nullable AnyValue value) {
        if (value == null || value.getValueCase() == AnyValue.ValueCase.VALUE_NOT_SET) {
            return null;
        }
        return value.hasStringValue() ? value.getStringValue() : write(tree(value));
    }

    /** As JSON; null for no value. */
    @Nullable
    String json(@Nullable AnyValue value) {
        return value == null || value.getValueCase() == AnyValue.ValueCase.VALUE_NOT_SET ? null : write(tree(value));
    }

    /** The numbers of an object, or of one that stands in a text as JSON; empty for what is none. */
    Map<String, Double> numbers(@Nullable AnyValue value) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        if (object(value) instanceof Map<?, ?> object) {
            object.forEach((key, each) -> {
                if (each instanceof Number number && Double.isFinite(number.doubleValue())) {
                    numbers.put(String.valueOf(key), number.doubleValue());
                }
            });
        }
        return numbers;
    }

    @Nullable
    private Object object(@Nullable AnyValue value) {
        if (value == null) {
            return null;
        }
        if (!value.hasStringValue()) {
            return tree(value);
        }
        try {
            return json.readValue(value.getStringValue(), Object.class);
        } catch (IOException e) {
            // Anybody may put any text there; it tells of no usage then.
            return null;
        }
    }

    /** Parsers of protocol buffers go 100 levels deep at most, and so does this. */
    @Nullable
    private static Object tree(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE ->
                Double.isFinite(value.getDoubleValue())
                        ? (Object) value.getDoubleValue()
                        : Double.toString(value.getDoubleValue());
            case BYTES_VALUE ->
                Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            case ARRAY_VALUE -> {
                List<Object> list = new ArrayList<>();
                value.getArrayValue().getValuesList().forEach(each -> list.add(tree(each)));
                yield list;
            }
            case KVLIST_VALUE -> {
                Map<String, Object> object = new LinkedHashMap<>();
                value.getKvlistValue()
                        .getValuesList()
                        .forEach(entry -> object.put(entry.getKey(), tree(entry.getValue())));
                yield object;
            }
            case VALUE_NOT_SET -> null;
        };
    }

    private String write(@Nullable Object tree) {
        try {
            return tree == null ? "null" : json.writeValueAsString(tree);
        } catch (IOException e) {
            throw SlipwayException.internal("trace.attribute", "An attribute has no JSON form.", e);
        }
    }
}
