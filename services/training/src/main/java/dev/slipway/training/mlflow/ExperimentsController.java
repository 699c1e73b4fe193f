package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.api.Required;
import dev.slipway.api.training.Experiment;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.mlflow.Absent;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.experiment.ExperimentLifecycle;
import dev.slipway.training.experiment.ExperimentSearch;
import dev.slipway.training.experiment.ExperimentTags;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.experiment.View;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** MLflow's experiments. */
@Controller("/api/2.0/mlflow/experiments")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class ExperimentsController {
    private final Experiments experiments;
    private final ExperimentSearch search;
    private final ExperimentLifecycle lifecycle;
    private final ExperimentTags tags;
    private final ExperimentIds ids;
    private final ExperimentAnswers answers;

    ExperimentsController(
            Experiments experiments,
            ExperimentSearch search,
            ExperimentLifecycle lifecycle,
            ExperimentTags tags,
            ExperimentIds ids,
            ExperimentAnswers answers) {
        this.experiments = experiments;
        this.search = search;
        this.lifecycle = lifecycle;
        this.tags = tags;
        this.ids = ids;
        this.answers = answers;
    }

    @Post("/create")
    @Allowed(Role.ENGINEER)
    ExperimentRequests.Created create(@Body ExperimentRequests.Create request) {
        Experiment experiment =
                new Experiment(request.name(), ArtifactLocations.given(request.artifactLocation()), null);
        Entity<ExperimentId, Experiment> made = experiments.create(experiment, KeyValueMessage.params(request.tags()));
        return new ExperimentRequests.Created(made.id().value());
    }

    @Get("/get")
    ExperimentRequests.Found get(@Nullable @QueryValue("experiment_id") String id) {
        Required.part("experiment_id", id);
        return new ExperimentRequests.Found(answers.of(experiments.get(ids.parse(id))));
    }

    @Get("/get-by-name")
    ExperimentRequests.Found getByName(@Nullable @QueryValue("experiment_name") String name) {
        Required.part("experiment_name", name);
        return new ExperimentRequests.Found(answers.of(ids.named(name)
                .orElseThrow(() -> SlipwayException.notFound(
                        "experiment.unknown", "There is no experiment called '" + name + "'."))));
    }

    @Post("/search")
    ExperimentRequests.Page search(@Body ExperimentRequests.Search request) {
        // Clients expect that there is one.
        ids.defaultId();
        Page<Entity<ExperimentId, Experiment>> found =
                search.find(request.filter(), request.orders(), request.view(), request.limit(), request.cursor());
        List<ExperimentMessage> messages = answers.of(found.items());
        return new ExperimentRequests.Page(
                Absent.ifEmpty(messages), found.next().orElse(null));
    }

    @Get("/search")
    ExperimentRequests.Page search(
            @Nullable @QueryValue("max_results") Integer limit,
            @Nullable @QueryValue("page_token") String cursor,
            @Nullable @QueryValue String filter,
            @Nullable @QueryValue("order_by") List<String> orderBy,
            @Nullable @QueryValue("view_type") View view) {
        return search(new ExperimentRequests.Search(limit, cursor, filter, orderBy, view));
    }

    @Post("/update")
    @Allowed(Role.ENGINEER)
    Empty update(@Body ExperimentRequests.Update request) {
        lifecycle.rename(ids.parse(request.experimentId()), request.newName());
        return Empty.ANSWER;
    }

    @Post("/delete")
    @Allowed(Role.ENGINEER)
    Empty delete(@Body ExperimentRequests.One request) {
        lifecycle.delete(ids.parse(request.experimentId()));
        return Empty.ANSWER;
    }

    @Post("/restore")
    @Allowed(Role.ENGINEER)
    Empty restore(@Body ExperimentRequests.One request) {
        lifecycle.restore(ids.parse(request.experimentId()));
        return Empty.ANSWER;
    }

    @Post("/delete-experiment-tag")
    @Allowed(Role.ENGINEER)
    Empty deleteTag(@Body ExperimentRequests.DeleteTag request) {
        tags.remove(ids.parse(request.experimentId()), request.key());
        return Empty.ANSWER;
    }

    @Post("/set-experiment-tag")
    @Allowed(Role.ENGINEER)
    Empty setTag(@Body ExperimentRequests.SetTag request) {
        tags.set(ids.parse(request.experimentId()), request.tag().param());
        return Empty.ANSWER;
    }
}
