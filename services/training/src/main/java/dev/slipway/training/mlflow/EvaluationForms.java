package dev.slipway.training.mlflow;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.kernel.id.EvaluationRecordId;
import dev.slipway.training.PythonJson;
import dev.slipway.training.evaluation.EvaluationDataset;
import dev.slipway.training.evaluation.EvaluationIds;
import dev.slipway.training.evaluation.EvaluationRecord;
import dev.slipway.training.evaluation.EvaluationRecord.SourceType;
import dev.slipway.training.experiment.ExperimentIds;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Evaluation data sets and their records as MLflow's clients know them. */
@Singleton
final class EvaluationForms {
    private final ExperimentIds experiments;

    EvaluationForms(ExperimentIds experiments) {
        this.experiments = experiments;
    }

    EvaluationMessages.Dataset message(Entity<EvaluationDatasetId, EvaluationDataset> dataset) {
        EvaluationDataset body = dataset.body();
        return new EvaluationMessages.Dataset(
                EvaluationIds.shown(dataset.id()),
                body.name(),
                PythonJson.write(body.tags()),
                body.schema(),
                body.records() == 0 ? null : PythonJson.write(Map.of("num_records", body.records())),
                body.digest(),
                dataset.created(),
                body.lastUpdate(),
                body.createdBy(),
                body.lastUpdatedBy(),
                body.experiments().stream().map(experiments::shown).toList());
    }

    /** A list of the records as JSON. */
    static String records(List<Entity<EvaluationRecordId, EvaluationRecord>> records) {
        return PythonJson.text(json -> {
            json.writeStartArray();
            for (Entity<EvaluationRecordId, EvaluationRecord> record : records) {
                write(json, record);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Entity<EvaluationRecordId, EvaluationRecord> record)
            throws IOException {
        EvaluationRecord body = record.body();
        json.writeStartObject();
        json.writeStringField("dataset_record_id", EvaluationIds.shown(record.id()));
        json.writeStringField("dataset_id", EvaluationIds.shown(body.dataset()));
        json.writeNumberField("created_time", body.created());
        json.writeNumberField("last_update_time", body.updated());
        raw(json, "inputs", body.inputs());
        raw(json, "outputs", body.outputs());
        raw(json, "expectations", body.expectations());
        raw(json, "tags", body.tags());
        text(json, "created_by", body.createdBy());
        text(json, "last_updated_by", body.lastUpdatedBy());
        if (body.source() != null && body.sourceType() != null) {
            json.writeStringField("source_type", body.sourceType().name());
            text(json, "source_id", sourceId(body.sourceType(), body.source()));
            json.writeObjectFieldStart("source");
            json.writeStringField("source_type", body.sourceType().name());
            raw(json, "source_data", body.source());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void raw(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeRawValue(value);
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    @Nullable
    private static String sourceId(SourceType type, String source) {
        String key = type == SourceType.TRACE ? "trace_id" : "source_id";
        return PythonJson.read("source", source) instanceof Map<?, ?> object && object.get(key) instanceof String id
                ? id
                : null;
    }
}
