package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.api.training.LoggedModel;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.mlflow.Absent;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.loggedmodel.DatasetFilter;
import dev.slipway.training.loggedmodel.LoggedModelSearch;
import dev.slipway.training.loggedmodel.LoggedModels;
import dev.slipway.training.loggedmodel.NewLoggedModel;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** MLflow's logged models. */
@Controller("/api/2.0/mlflow/logged-models")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class LoggedModelsController {
    private static final int DEFAULT_RESULTS = 100;

    private final LoggedModels models;
    private final LoggedModelSearch search;
    private final LoggedModelAnswers answers;
    private final ExperimentIds experiments;

    LoggedModelsController(
            LoggedModels models, LoggedModelSearch search, LoggedModelAnswers answers, ExperimentIds experiments) {
        this.models = models;
        this.search = search;
        this.answers = answers;
        this.experiments = experiments;
    }

    @Post
    @Allowed(Role.ENGINEER)
    LoggedModelMessages.Found create(@Body LoggedModelMessages.Create request) {
        return answers.found(models.create(new NewLoggedModel(
                request.modelId() == null ? null : LoggedModels.given(request.modelId()),
                experiments.parse(request.experimentId()),
                Absent.ifEmpty(request.name()),
                request.modelType(),
                Absent.ifEmpty(request.sourceRunId()) == null ? null : RunIds.of(request.sourceRunId()),
                KeyValueMessage.params(request.params()),
                KeyValueMessage.params(request.tags()))));
    }

    @Get("/{modelId}")
    LoggedModelMessages.Found get(
            @PathVariable String modelId, @Nullable @QueryValue("allow_deleted") String allowDeleted) {
        LoggedModelId id = LoggedModels.parse(modelId);
        Entity<LoggedModelId, LoggedModel> model = "true".equalsIgnoreCase(allowDeleted)
                ? models.find(id).orElseGet(() -> models.get(id))
                : models.get(id);
        return answers.found(model);
    }

    @Patch("/{modelId}")
    @Allowed(Role.ENGINEER)
    LoggedModelMessages.Found finish(@PathVariable String modelId, @Body LoggedModelMessages.Finish request) {
        return answers.found(models.finish(LoggedModels.parse(modelId), LoggedModelMessages.status(request.status())));
    }

    @Delete("/{modelId}")
    @Allowed(Role.ENGINEER)
    Empty delete(@PathVariable String modelId) {
        models.delete(LoggedModels.parse(modelId));
        return Empty.ANSWER;
    }

    @Post("/{modelId}/params")
    @Allowed(Role.ENGINEER)
    Empty logParams(@PathVariable String modelId, @Body LoggedModelMessages.Texts request) {
        models.logParams(LoggedModels.parse(modelId), KeyValueMessage.params(request.params()));
        return Empty.ANSWER;
    }

    @Patch("/{modelId}/tags")
    @Allowed(Role.ENGINEER)
    Empty setTags(@PathVariable String modelId, @Body LoggedModelMessages.Texts request) {
        models.setTags(LoggedModels.parse(modelId), KeyValueMessage.params(request.tags()));
        return Empty.ANSWER;
    }

    /** Keys of tags may have slashes. */
    @Delete("/{modelId}/tags/{+key}")
    @Allowed(Role.ENGINEER)
    Empty deleteTag(@PathVariable String modelId, @PathVariable String key) {
        models.deleteTag(LoggedModels.parse(modelId), URLDecoder.decode(key, StandardCharsets.UTF_8));
        return Empty.ANSWER;
    }

    @Post("/search")
    LoggedModelMessages.Page search(@Body LoggedModelMessages.Search request) {
        int limit = request.maxResults() == null || request.maxResults() == 0
                ? DEFAULT_RESULTS
                : Math.min(request.maxResults(), Page.MAX_LIMIT);
        Page<Entity<LoggedModelId, LoggedModel>> page = search.search(new LoggedModelSearch.Query(
                request.experimentIds().stream().map(experiments::parse).toList(),
                request.filter(),
                request.datasets() == null
                        ? List.of()
                        : request.datasets().stream()
                                .map(LoggedModelsController::dataset)
                                .toList(),
                request.orderBy() == null
                        ? List.of()
                        : request.orderBy().stream()
                                .map(LoggedModelsController::order)
                                .toList(),
                limit,
                Absent.ifEmpty(request.pageToken())));
        return new LoggedModelMessages.Page(
                answers.of(page.items()), page.next().orElse(null));
    }

    private static DatasetFilter dataset(LoggedModelMessages.Dataset dataset) {
        if (Absent.ifEmpty(dataset.datasetName()) == null) {
            throw SlipwayException.invalid(
                    "logged-model.dataset", "Each of 'datasets' needs a 'dataset_name'; send it.");
        }
        return new DatasetFilter(dataset.datasetName(), Absent.ifEmpty(dataset.datasetDigest()));
    }

    private static LoggedModelSearch.Order order(LoggedModelMessages.OrderBy order) {
        return new LoggedModelSearch.Order(
                order.fieldName(),
                Boolean.FALSE.equals(order.ascending()),
                Absent.ifEmpty(order.datasetName()) == null
                        ? null
                        : new DatasetFilter(order.datasetName(), Absent.ifEmpty(order.datasetDigest())));
    }
}
