package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.trace.LinkedPrompts;
import dev.slipway.training.trace.TraceIds;
import dev.slipway.training.trace.TraceSearch;
import dev.slipway.training.trace.TraceTags;
import dev.slipway.training.trace.Traces;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** What changes traces, under the addresses of both versions. */
@Controller("/api")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.ENGINEER)
class TraceTagsController {
    private static final int MAX_DELETED = 1000;

    private final Traces traces;
    private final TraceTags tags;
    private final TraceSearch search;
    private final ExperimentIds experiments;

    TraceTagsController(Traces traces, TraceTags tags, TraceSearch search, ExperimentIds experiments) {
        this.traces = traces;
        this.tags = tags;
        this.search = search;
        this.experiments = experiments;
    }

    @Patch(uris = {"/2.0/mlflow/traces/{id}/tags", "/3.0/mlflow/traces/{id}/tags"})
    Empty set(@PathVariable String id, @Body KeyValueMessage tag) {
        tags.set(TraceIds.parse(id), tag.key(), tag.value());
        return Empty.ANSWER;
    }

    @Delete(uris = {"/2.0/mlflow/traces/{id}/tags", "/3.0/mlflow/traces/{id}/tags"})
    Empty remove(@PathVariable String id, @Body TraceMessages.TagKey tag) {
        tags.remove(TraceIds.parse(id), tag.key());
        return Empty.ANSWER;
    }

    @Post("/2.0/mlflow/traces/link-to-run")
    Empty link(@Body TraceMessages.Link request) {
        List<TraceId> ids = request.traceIds().stream()
                .flatMap(id -> TraceIds.find(id).stream())
                .toList();
        traces.link(ids, RunIds.of(request.runId()));
        return Empty.ANSWER;
    }

    @Post("/2.0/mlflow/traces/link-prompts")
    Empty linkPrompts(@Body TraceMessages.LinkPrompts request) {
        tags.link(
                TraceIds.parse(request.traceId()),
                request.promptVersions().stream()
                        .map(prompt -> LinkedPrompts.Prompt.of(prompt.name(), prompt.version()))
                        .toList());
        return Empty.ANSWER;
    }

    /** Those that are named, or the oldest; either at most so many as the request says, and a thousand. */
    @Post(uris = {"/2.0/mlflow/traces/delete-traces", "/3.0/mlflow/traces/delete-traces"})
    TraceMessages.Deleted delete(@Body TraceMessages.Delete request) {
        ExperimentId experiment = experiments.parse(request.experimentId());
        List<String> named = request.requestIds() == null ? List.of() : request.requestIds();
        if (named.isEmpty() == (request.maxTimestampMillis() == null)) {
            throw SlipwayException.invalid(
                    "trace.delete", "Name either 'request_ids' or 'max_timestamp_millis', not both and not neither.");
        }
        if (request.maxTraces() != null && request.maxTraces() <= 0) {
            throw SlipwayException.invalid("trace.delete", "'max_traces' is a positive number; leave it out for all.");
        }
        if (!named.isEmpty()) {
            if (request.maxTraces() != null || named.size() > MAX_DELETED) {
                throw SlipwayException.invalid(
                        "trace.delete",
                        "With 'request_ids' no 'max_traces' is taken, and at most " + MAX_DELETED + " are deleted.");
            }
            return new TraceMessages.Deleted(traces.delete(
                    experiment,
                    named.stream()
                            .flatMap(id -> TraceIds.find(id).stream())
                            .distinct()
                            .toList()));
        }
        return new TraceMessages.Deleted(oldest(
                experiment,
                request.maxTimestampMillis(),
                request.maxTraces() == null ? Integer.MAX_VALUE : request.maxTraces()));
    }

    private int oldest(ExperimentId experiment, long until, int most) {
        int deleted = 0;
        while (deleted < most) {
            List<TraceId> next = search.oldest(experiment, until, Math.min(most - deleted, MAX_DELETED));
            if (next.isEmpty()) {
                break;
            }
            deleted += traces.delete(experiment, next);
        }
        return deleted;
    }
}
