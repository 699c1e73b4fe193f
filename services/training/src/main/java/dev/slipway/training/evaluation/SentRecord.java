package dev.slipway.training.evaluation;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.kernel.id.EvaluationRecordId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.training.PythonJson;
import dev.slipway.training.evaluation.EvaluationRecord.SourceType;
import dev.slipway.training.trace.TraceIds;
import io.micronaut.core.annotation.Nullable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A record as a client sends it.
 *
 * @param outputs that it tells of, be they null; empty for a record that tells of none
 * @param source an object; null when it tells of none
 */
public record SentRecord(
        Map<String, Object> inputs,
        Optional<Outputs> outputs,
        Map<String, Object> expectations,
        Map<String, Object> tags,
        SourceType sourceType,
        @Nullable Map<String, Object> source) {
    /** The tag of whoever made or changed something. */
    static final String USER = "mlflow.user";

    private static final int ID_DIGITS = 32;

    /** What an application answered. */
    record Outputs(@Nullable Object value) {}

    /**
     * The records of a JSON array.
     *
     * @throws SlipwayException {@code json.malformed}; {@code evaluation-dataset.record}
     */
    public static List<SentRecord> parse(String json) {
        if (!(PythonJson.read("records", json) instanceof List<?> list)) {
            throw SlipwayException.invalid(
                    "evaluation-dataset.record", "'records' is no JSON array; send a list of records.");
        }
        List<SentRecord> records = new ArrayList<>(list.size());
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> fields)) {
                throw wrong(records.size(), "is no object");
            }
            records.add(of(records.size(), fields));
        }
        return records;
    }

    private static SentRecord of(int place, Map<?, ?> fields) {
        Map<String, Object> source = object(place, fields, "source");
        return new SentRecord(
                object(place, fields, "inputs"),
                fields.containsKey("outputs") ? Optional.of(new Outputs(fields.get("outputs"))) : Optional.empty(),
                object(place, fields, "expectations"),
                object(place, fields, "tags"),
                sourceType(place, source),
                source.isEmpty() ? null : object(place, source, "source_data"));
    }

    /** Empty for what is not there, which frames of data have as NaN. */
    private static Map<String, Object> object(int place, Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        if (value == null || (value instanceof Double number && number.isNaN())) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> object)) {
            throw wrong(place, "has '" + name + "' that is no object");
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((key, each) -> copy.put((String) key, each));
        return copy;
    }

    private static SourceType sourceType(int place, Map<String, Object> source) {
        String name = String.valueOf(source.getOrDefault("source_type", SourceType.UNSPECIFIED))
                .toUpperCase(Locale.ROOT);
        return Arrays.stream(SourceType.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(
                        place,
                        "has a 'source_type' that is none of "
                                + Arrays.stream(SourceType.values())
                                        .map(SourceType::name)
                                        .collect(Collectors.joining(", "))));
    }

    private static SlipwayException wrong(int place, String why) {
        return SlipwayException.invalid(
                "evaluation-dataset.record", "Record " + place + " of those sent " + why + "; no record was merged.");
    }

    /** Records that ask the same of one data set are one. */
    EvaluationRecordId id(EvaluationDatasetId dataset) {
        byte[] asked = (dataset.value() + PythonJson.canonical(inputs)).getBytes(StandardCharsets.UTF_8);
        return new EvaluationRecordId(Digest.of(asked).hex().substring(0, ID_DIGITS));
    }

    /** Who sent it. */
    @Nullable
    String user() {
        return tags.get(USER) instanceof String user ? user : null;
    }

    /** The trace that it came from. */
    Optional<TraceId> trace() {
        return source != null && sourceType == SourceType.TRACE && source.get("trace_id") instanceof String shown
                ? TraceIds.find(shown)
                : Optional.empty();
    }

    EvaluationRecord created(EvaluationDatasetId dataset, long number, long now) {
        Object given = outputs.isPresent() ? outputs.get().value() : Map.of();
        return new EvaluationRecord(
                dataset,
                number,
                PythonJson.write(inputs),
                given == null ? null : PythonJson.write(given),
                expectations.isEmpty() ? null : PythonJson.write(expectations),
                PythonJson.write(tags),
                source == null ? null : sourceType,
                source == null ? null : PythonJson.write(source),
                user(),
                user(),
                now,
                now,
                null);
    }

    /** The record with what this one says besides; its source and its maker stay. */
    EvaluationRecord into(EvaluationRecord known, long now) {
        String newOutputs = outputs.map(Outputs::value).map(PythonJson::write).orElse(null);
        return new EvaluationRecord(
                known.dataset(),
                known.number(),
                known.inputs(),
                outputs.isPresent() ? newOutputs : known.outputs(),
                expectations.isEmpty() ? known.expectations() : joined(known.expectations(), expectations),
                tags.isEmpty() ? known.tags() : joined(known.tags(), tags),
                known.sourceType(),
                known.source(),
                known.createdBy(),
                user() == null ? known.lastUpdatedBy() : user(),
                known.created(),
                now,
                null);
    }

    private static String joined(@Nullable String known, Map<String, Object> more) {
        Map<String, Object> joined = new LinkedHashMap<>();
        if (known != null && PythonJson.read("record", known) instanceof Map<?, ?> object) {
            object.forEach((key, value) -> joined.put((String) key, value));
        }
        joined.putAll(more);
        return PythonJson.write(joined);
    }
}
