package dev.slipway.administration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields of a JSON object, each of the type that is asked for. */
record Fields(Map<String, Object> values) {
    static Fields of(byte[] json) throws IOException {
        return new Fields(Json.read(json));
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    String text(String name) throws IOException {
        return of(name, String.class);
    }

    long number(String name) throws IOException {
        return of(name, Long.class);
    }

    boolean flag(String name) throws IOException {
        return of(name, Boolean.class);
    }

    @SuppressWarnings("unchecked") // A JSON object has texts for keys.
    Fields object(String name) throws IOException {
        return new Fields((Map<String, Object>) of(name, Map.class));
    }

    List<?> list(String name) throws IOException {
        return of(name, List.class);
    }

    /** Objects of a list. */
    @SuppressWarnings("unchecked") // A JSON object has texts for keys.
    List<Fields> objects(String name) throws IOException {
        List<Fields> found = new ArrayList<>();
        for (Object each : list(name)) {
            found.add(new Fields((Map<String, Object>) cast(name, each, Map.class)));
        }
        return found;
    }

    private <T> T of(String name, Class<T> type) throws IOException {
        return cast(name, values.get(name), type);
    }

    private static <T> T cast(String name, Object value, Class<T> type) throws IOException {
        if (!type.isInstance(value)) {
            throw new IOException("'" + name + "' is missing or of another type");
        }
        return type.cast(value);
    }
}
