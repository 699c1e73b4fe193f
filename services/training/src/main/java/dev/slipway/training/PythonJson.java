package dev.slipway.training;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON as Python writes it: NaN and infinities are numbers, and what is not ASCII is escaped. Read into maps, lists, texts,
 * numbers, booleans and null.
 */
public final class PythonJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            .build();

    private PythonJson() {}

    /** Something that is written. */
    public interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    /** The JSON that is written. */
    public static String text(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A tree as JSON. */
    public static String write(@Nullable Object tree) {
        return text(json -> write(json, tree));
    }

    /** The same for values that are equal, whatever the order of their fields. */
    public static String canonical(@Nullable Object tree) {
        return write(sorted(tree));
    }

    @Nullable
    private static Object sorted(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> object) {
            Map<String, Object> fields = new TreeMap<>();
            object.forEach((name, value) -> fields.put((String) name, sorted(value)));
            return fields;
        }
        if (tree instanceof List<?> list) {
            List<Object> items = new ArrayList<>(list.size());
            list.forEach(item -> items.add(sorted(item)));
            return items;
        }
        return tree;
    }

    private static void write(JsonGenerator json, @Nullable Object tree) throws IOException {
        if (tree instanceof Map<?, ?> object) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : object.entrySet()) {
                json.writeFieldName((String) field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        } else if (tree instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(json, item);
            }
            json.writeEndArray();
        } else {
            json.writePOJO(tree);
        }
    }

    /**
     * What a text says.
     *
     * @param what for messages: {@code records}
     * @throws SlipwayException {@code json.malformed} for what is no JSON
     */
    @Nullable
    public static Object read(String what, String text) {
        try {
            return read(text);
        } catch (IOException e) {
            throw SlipwayException.invalid(
                    "json.malformed", "'" + what + "' is no JSON that can be read: " + e.getMessage(), e);
        }
    }

    /** What a text says, or something else for what is no JSON. */
    @Nullable
    public static Object readOr(@Nullable Object other, String text) {
        try {
            return read(text);
        } catch (IOException e) {
            return other;
        }
    }

    @Nullable
    private static Object read(String text) throws IOException {
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() == null) {
                throw new IOException("it is empty.");
            }
            Object tree = value(json);
            if (json.nextToken() != null) {
                throw new IOException("there is something after its end.");
            }
            return tree;
        }
    }

    @Nullable
    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("there is no value.");
        };
    }

    private static Map<String, Object> object(JsonParser json) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, value(json));
        }
        return fields;
    }

    private static List<Object> array(JsonParser json) throws IOException {
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(json));
        }
        return items;
    }
}
