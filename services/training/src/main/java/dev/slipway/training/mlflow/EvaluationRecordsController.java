package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.EvaluationRecordId;
import dev.slipway.mlflow.Absent;
import dev.slipway.training.evaluation.EvaluationIds;
import dev.slipway.training.evaluation.EvaluationRecord;
import dev.slipway.training.evaluation.EvaluationRecords;
import dev.slipway.training.evaluation.SentRecord;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** The records of MLflow's evaluation data sets. */
@Controller("/api/3.0/mlflow/datasets/{id}/records")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.ENGINEER)
class EvaluationRecordsController {
    private final EvaluationRecords records;

    EvaluationRecordsController(EvaluationRecords records) {
        this.records = records;
    }

    @Post
    EvaluationMessages.Merged merge(@PathVariable String id, @Body EvaluationMessages.Records request) {
        EvaluationRecords.Merged merged = records.merge(EvaluationIds.parse(id), SentRecord.parse(request.records()));
        return new EvaluationMessages.Merged(merged.inserted(), merged.updated());
    }

    /** A page may be shorter than what is asked for. */
    @Get
    @Allowed(Role.VIEWER)
    EvaluationMessages.RecordPage page(
            @PathVariable String id,
            @Nullable @QueryValue("max_results") Integer limit,
            @Nullable @QueryValue("page_token") String cursor) {
        int most = limit == null || limit == 0 ? Page.MAX_LIMIT : Math.min(limit, Page.MAX_LIMIT);
        Page<Entity<EvaluationRecordId, EvaluationRecord>> page =
                records.page(EvaluationIds.parse(id), most, Absent.ifEmpty(cursor));
        return new EvaluationMessages.RecordPage(
                EvaluationForms.records(page.items()), page.next().orElse(null));
    }

    @Delete
    EvaluationMessages.Deleted delete(@PathVariable String id, @Body EvaluationMessages.RecordIds request) {
        return new EvaluationMessages.Deleted(records.remove(
                EvaluationIds.parse(id),
                request.datasetRecordIds().stream()
                        .flatMap(record -> EvaluationIds.record(record).stream())
                        .toList()));
    }
}
