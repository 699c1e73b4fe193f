package dev.slipway.training;

import dev.slipway.api.training.FindLoggedModels;
import dev.slipway.api.training.LoggedModel;
import dev.slipway.api.training.LoggedModelContent;
import dev.slipway.api.training.LoggedModelsApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.training.loggedmodel.LoggedModelData;
import dev.slipway.training.loggedmodel.LoggedModelSearch;
import dev.slipway.training.loggedmodel.LoggedModels;
import dev.slipway.training.loggedmodel.ModelMetric;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;

/** The contract of logged models. */
@Controller(LoggedModelsApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class LoggedModelsController implements LoggedModelsApi {
    private final LoggedModels models;
    private final LoggedModelData data;
    private final LoggedModelSearch search;

    LoggedModelsController(LoggedModels models, LoggedModelData data, LoggedModelSearch search) {
        this.models = models;
        this.data = data;
        this.search = search;
    }

    @Override
    public List<Entity<LoggedModelId, LoggedModel>> models(List<LoggedModelId> ids) {
        return models.getAll(ids);
    }

    @Override
    public List<LoggedModelContent> data(List<LoggedModelId> ids) {
        // Only of those that are logged models of the caller's workspace.
        Map<LoggedModelId, LoggedModelData.Data> found =
                data.of(models.getAll(ids).stream().map(Entity::id).toList());
        return found.entrySet().stream()
                .map(entry -> told(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static LoggedModelContent told(LoggedModelId id, LoggedModelData.Data logged) {
        return new LoggedModelContent(
                id,
                logged.params(),
                logged.tags(),
                logged.metrics().stream().map(LoggedModelsController::told).toList());
    }

    private static LoggedModelContent.Measured told(ModelMetric metric) {
        ModelMetric.Dataset dataset = metric.dataset();
        return new LoggedModelContent.Measured(
                metric.run(),
                metric.metric(),
                dataset == null ? null : dataset.name(),
                dataset == null ? null : dataset.digest());
    }

    @Override
    public Page<Entity<LoggedModelId, LoggedModel>> find(FindLoggedModels request) {
        List<LoggedModelSearch.Order> orders = request.orderBy() == null
                ? List.of()
                : List.of(new LoggedModelSearch.Order(request.orderBy(), request.descending(), null));
        return search.search(new LoggedModelSearch.Query(
                request.experiments(), request.filter(), List.of(), orders, request.limit(), request.cursor()));
    }
}
