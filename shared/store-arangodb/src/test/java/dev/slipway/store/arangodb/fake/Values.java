package dev.slipway.store.arangodb.fake;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What becomes of values on their way into a document or an index. */
final class Values {

    private Values() {}

    /** The same value, unmodifiable, with every number a {@code Long} or a {@code Double}. */
    static Object stored(Object value) {
        if (value instanceof Map<?, ?> object) {
            return storedObject(object);
        }
        if (value instanceof Iterable<?> array) {
            List<Object> copy = new ArrayList<>();
            array.forEach(element -> copy.add(stored(element)));
            return Collections.unmodifiableList(copy);
        }
        if (value instanceof Object[] array) {
            return stored(Arrays.asList(array));
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Double) {
            return value;
        }
        throw new IllegalArgumentException("No JSON value: " + value.getClass());
    }

    /** {@link #stored} of an object. */
    static Map<String, Object> storedObject(Map<?, ?> object) {
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> copy.put((String) name, stored(value)));
        return Collections.unmodifiableMap(copy);
    }

    /** Equal for values that an index takes for equal: 1 and 1.0 are the same number. */
    static Object indexed(Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 0x1p53) {
            return number.longValue();
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(indexed(element)));
            return copy;
        }
        return value;
    }

    /** The value at an attribute path such as {@code body.name}, or null. */
    static Object at(Map<String, Object> document, String path) {
        Object found = document;
        for (String name : path.split("\\.", -1)) {
            found = found instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return found;
    }

    /** The document with the attributes of the patch: how {@code PATCH} and {@code UPDATE} merge. */
    static Map<String, Object> merged(Map<?, ?> document, Map<?, ?> patch, boolean keepNull, boolean mergeObjects) {
        Map<String, Object> merged = new LinkedHashMap<>();
        document.forEach((name, value) -> merged.put((String) name, value));
        patch.forEach((key, value) -> {
            String name = (String) key;
            if (value == null && !keepNull) {
                merged.remove(name);
            } else if (value instanceof Map<?, ?> inner) {
                Map<?, ?> old = mergeObjects && merged.get(name) instanceof Map<?, ?> object ? object : Map.of();
                merged.put(name, merged(old, inner, keepNull, mergeObjects));
            } else {
                merged.put(name, value);
            }
        });
        return merged;
    }
}
