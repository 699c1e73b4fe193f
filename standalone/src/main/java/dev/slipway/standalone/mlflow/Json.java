package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object of JSON or YAML that somebody else has written, whose fields may be missing or of any type. */
record Json(Map<?, ?> fields) {
    private static final Argument<Map<String, Object>> OBJECT = Argument.mapOf(String.class, Object.class);

    /** Fails with {@code import.source-form} for what is no JSON object. */
    static Json parse(byte[] body, String where) {
        try {
            return new Json(ObjectMapper.getDefault().readValue(body, OBJECT));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw SlipwayException.invalid(
                    "import.source-form", "What " + where + " answered is no JSON object, as MLflow's are.", e);
        }
    }

    static byte[] write(Map<String, Object> object) {
        try {
            return ObjectMapper.getDefault().writeValueAsBytes(OBJECT, object);
        } catch (IOException e) {
            throw SlipwayException.internal("import.json", "A request can't be written as JSON: " + e.getMessage(), e);
        }
    }

    /** A text, or a number as text; null if it is missing or empty. */
    @Nullable
    String text(String field) {
        Object value = fields.get(field);
        if (value instanceof Map || value instanceof List) {
            throw wrong(field, "a text");
        }
        String text = value == null ? "" : value.toString();
        return text.isEmpty() ? null : text;
    }

    String text(String field, String otherwise) {
        String text = text(field);
        return text == null ? otherwise : text;
    }

    String required(String field) {
        String text = text(field);
        if (text == null) {
            throw wrong(field, "there");
        }
        return text;
    }

    /** A whole number, which protobuf writes as text; null if it is missing. */
    @Nullable
    Long number(String field) {
        String text = text(field);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw wrong(field, "a whole number");
        }
    }

    long number(String field, long otherwise) {
        Long number = number(field);
        return number == null ? otherwise : number;
    }

    double real(String field) {
        return Reals.parse(required(field));
    }

    boolean flag(String field) {
        return Boolean.parseBoolean(text(field));
    }

    /** An object; an empty one if it is missing. */
    Json object(String field) {
        Object value = fields.get(field);
        if (value == null) {
            return new Json(Map.of());
        }
        if (value instanceof Map<?, ?> map) {
            return new Json(map);
        }
        throw wrong(field, "an object");
    }

    /** A list of objects; empty if it is missing. */
    List<Json> objects(String field) {
        Object value = fields.get(field);
        if (value == null) {
            return List.of();
        }
        List<Json> objects = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (!(item instanceof Map<?, ?> map)) {
                    throw wrong(field, "a list of objects");
                }
                objects.add(new Json(map));
            }
            return objects;
        }
        throw wrong(field, "a list of objects");
    }

    /** A list of objects with a key and a value each, as params and tags are. */
    Map<String, String> texts(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Json pair : objects(field)) {
            texts.put(pair.required("key"), pair.text("value", ""));
        }
        return texts;
    }

    private static SlipwayException wrong(String field, String what) {
        return SlipwayException.invalid(
                "import.source-form", "The source's field '" + field + "' is not " + what + ", as MLflow's is.");
    }
}
