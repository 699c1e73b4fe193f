package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.mlflow.Absent;
import dev.slipway.training.PythonJson;
import dev.slipway.training.evaluation.EvaluationDataset;
import dev.slipway.training.evaluation.EvaluationDatasetSearch;
import dev.slipway.training.evaluation.EvaluationDatasets;
import dev.slipway.training.evaluation.EvaluationIds;
import dev.slipway.training.experiment.ExperimentIds;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** MLflow's evaluation data sets. */
@Controller("/api/3.0/mlflow/datasets")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class EvaluationDatasetsController {
    private final EvaluationDatasets datasets;
    private final EvaluationDatasetSearch search;
    private final EvaluationForms forms;
    private final ExperimentIds experiments;

    EvaluationDatasetsController(
            EvaluationDatasets datasets,
            EvaluationDatasetSearch search,
            EvaluationForms forms,
            ExperimentIds experiments) {
        this.datasets = datasets;
        this.search = search;
        this.forms = forms;
        this.experiments = experiments;
    }

    @Post("/create")
    @Allowed(Role.ENGINEER)
    EvaluationMessages.One create(@Body EvaluationMessages.Create request) {
        Tags tags = Tags.of(request.tags());
        return one(datasets.create(request.name(), named(request.experimentIds()), tags.set()));
    }

    private EvaluationMessages.One one(Entity<EvaluationDatasetId, EvaluationDataset> dataset) {
        return new EvaluationMessages.One(forms.message(dataset));
    }

    private List<ExperimentId> named(@Nullable List<String> ids) {
        return ids == null ? List.of() : ids.stream().map(experiments::parse).toList();
    }

    /**
     * Tags that stand in a text, as JSON.
     *
     * @param without the keys of those that are null
     */
    private record Tags(Map<String, String> set, List<String> without) {
        static Tags of(@Nullable String json) {
            Map<String, String> set = new HashMap<>();
            List<String> without = new ArrayList<>();
            if (json != null && !json.isEmpty()) {
                if (!(PythonJson.read("tags", json) instanceof Map<?, ?> object)) {
                    throw SlipwayException.invalid(
                            "evaluation-dataset.tag", "'tags' is no JSON object; send one of keys and texts.");
                }
                object.forEach((key, value) -> {
                    if (value == null) {
                        without.add((String) key);
                    } else {
                        set.put((String) key, value instanceof String text ? text : PythonJson.write(value));
                    }
                });
            }
            return new Tags(set, without);
        }
    }

    @Get("/{id}")
    EvaluationMessages.One get(@PathVariable String id) {
        return one(datasets.get(EvaluationIds.parse(id)));
    }

    @Delete("/{id}")
    @Allowed(Role.ENGINEER)
    Empty delete(@PathVariable String id) {
        EvaluationIds.dataset(id).ifPresent(datasets::delete);
        return Empty.ANSWER;
    }

    @Post("/search")
    EvaluationMessages.Page search(@Body EvaluationMessages.Search request) {
        List<ExperimentId> places = request.experimentIds() == null
                ? List.of()
                : request.experimentIds().stream()
                        .flatMap(id -> experiments.find(id).stream())
                        .toList();
        if (places.isEmpty() && Absent.ifEmpty(request.experimentIds()) != null) {
            return new EvaluationMessages.Page(List.of(), null);
        }
        Page<Entity<EvaluationDatasetId, EvaluationDataset>> found = search.find(
                places,
                request.filterString(),
                request.orderBy() == null ? List.of() : request.orderBy(),
                request.limit(),
                Absent.ifEmpty(request.pageToken()));
        return new EvaluationMessages.Page(
                found.items().stream().map(forms::message).toList(),
                found.next().orElse(null));
    }

    @Get("/search")
    EvaluationMessages.Page search(
            @Nullable @QueryValue("experiment_ids") List<String> experimentIds,
            @Nullable @QueryValue("filter_string") String filter,
            @Nullable @QueryValue("max_results") Integer limit,
            @Nullable @QueryValue("order_by") List<String> orderBy,
            @Nullable @QueryValue("page_token") String cursor) {
        return search(new EvaluationMessages.Search(experimentIds, filter, limit, orderBy, cursor));
    }

    @Patch("/{id}/tags")
    @Allowed(Role.ENGINEER)
    Empty setTags(@PathVariable String id, @Body EvaluationMessages.Tags request) {
        Tags tags = Tags.of(request.tags());
        datasets.tag(EvaluationIds.parse(id), tags.set(), tags.without());
        return Empty.ANSWER;
    }

    /** As with MLflow, nothing that is not there is missed. */
    @Delete("/{id}/tags/{key}")
    @Allowed(Role.ENGINEER)
    Empty deleteTag(@PathVariable String id, @PathVariable String key) {
        EvaluationIds.dataset(id)
                .flatMap(datasets::find)
                .ifPresent(dataset -> datasets.tag(dataset.id(), Map.of(), List.of(key)));
        return Empty.ANSWER;
    }

    @Get("/{id}/experiment-ids")
    EvaluationMessages.Experiments experiments(@PathVariable String id) {
        List<ExperimentId> theirs = EvaluationIds.dataset(id)
                .flatMap(datasets::find)
                .map(dataset -> dataset.body().experiments())
                .orElse(List.of());
        return new EvaluationMessages.Experiments(
                theirs.stream().map(experiments::shown).toList());
    }

    @Post("/{id}/add-experiments")
    @Allowed(Role.ENGINEER)
    EvaluationMessages.One add(@PathVariable String id, @Body EvaluationMessages.Experiments request) {
        return one(datasets.add(EvaluationIds.parse(id), named(request.experimentIds())));
    }

    @Post("/{id}/remove-experiments")
    @Allowed(Role.ENGINEER)
    EvaluationMessages.One remove(@PathVariable String id, @Body EvaluationMessages.Experiments request) {
        List<ExperimentId> some = request.experimentIds() == null
                ? List.of()
                : request.experimentIds().stream()
                        .flatMap(each -> experiments.find(each).stream())
                        .toList();
        return one(datasets.remove(EvaluationIds.parse(id), some));
    }
}
