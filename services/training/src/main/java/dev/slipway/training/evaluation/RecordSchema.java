package dev.slipway.training.evaluation;

import dev.slipway.training.PythonJson;
import io.micronaut.core.annotation.Nullable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which fields the records of a data set have, each with the type that it had first. */
final class RecordSchema {
    /** So many fields of the inputs, the outputs and the expectations are told of. */
    static final int MAX_FIELDS = 1000;

    private static final String INPUTS = "inputs";
    private static final String OUTPUTS = "outputs";
    private static final String EXPECTATIONS = "expectations";

    private RecordSchema() {}

    /** The schema with the fields of more records, both as JSON. */
    static String with(@Nullable String known, List<SentRecord> records) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        Map<String, Object> outputs = new LinkedHashMap<>();
        Map<String, Object> expectations = new LinkedHashMap<>();
        Object plain = null;
        if (known != null && PythonJson.read("schema", known) instanceof Map<?, ?> schema) {
            add(inputs, schema.get(INPUTS));
            add(outputs, schema.get(OUTPUTS));
            add(expectations, schema.get(EXPECTATIONS));
            plain = schema.get(OUTPUTS) instanceof String type ? type : null;
        }
        for (SentRecord record : records) {
            types(inputs, record.inputs());
            types(expectations, record.expectations());
            Object given = record.outputs().map(SentRecord.Outputs::value).orElse(null);
            if (given instanceof Map<?, ?> object) {
                types(outputs, object);
            } else if (given != null && plain == null) {
                plain = type(given);
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(INPUTS, inputs);
        // Outputs are objects with fields, or plain values, which have one type; the fields tell more.
        schema.put(OUTPUTS, outputs.isEmpty() && plain != null ? plain : outputs);
        schema.put(EXPECTATIONS, expectations);
        schema.put("version", "1.0");
        return PythonJson.write(schema);
    }

    private static void add(Map<String, Object> types, @Nullable Object known) {
        if (known instanceof Map<?, ?> fields) {
            fields.forEach((name, type) -> types.put((String) name, type));
        }
    }

    private static void types(Map<String, Object> types, Map<?, ?> fields) {
        fields.forEach((name, value) -> {
            if (types.size() < MAX_FIELDS) {
                types.putIfAbsent((String) name, type(value));
            }
        });
    }

    private static String type(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Boolean) {
            return "boolean";
        }
        if (value instanceof Number) {
            return value instanceof Double ? "float" : "integer";
        }
        if (value instanceof String) {
            return "string";
        }
        return value instanceof List ? "array" : "object";
    }
}
