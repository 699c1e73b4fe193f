package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.Absent;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.training.commit.LogLimits;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.run.NewRun;
import dev.slipway.training.run.RunQuery;
import dev.slipway.training.run.RunSearch;
import dev.slipway.training.run.RunUpdate;
import dev.slipway.training.run.Runs;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** MLflow's runs. */
@Controller("/api/2.0/mlflow/runs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class RunsController {
    private final Runs runs;
    private final RunSearch search;
    private final Experiments experiments;
    private final ExperimentIds ids;
    private final RunAnswers answers;

    RunsController(Runs runs, RunSearch search, Experiments experiments, ExperimentIds ids, RunAnswers answers) {
        this.runs = runs;
        this.search = search;
        this.experiments = experiments;
        this.ids = ids;
        this.answers = answers;
    }

    @Post("/create")
    @Allowed(Role.ENGINEER)
    RunRequests.Found create(@Body RunRequests.Create request) {
        String given = request.experimentId();
        Entity<ExperimentId, Experiment> experiment =
                experiments.active(given == null || given.isEmpty() ? ids.defaultId() : ids.parse(given));
        String user = Absent.ifEmpty(request.userId());
        List<Param> tags = KeyValueMessage.cut(request.tags(), LogLimits.TAG_VALUE);
        RunId id = request.runId() == null ? null : RunIds.given(request.runId());
        NewRun run = new NewRun(id, request.runName(), user, request.startTime(), tags);
        return new RunRequests.Found(answers.created(runs.create(experiment, run), experiment, tags));
    }

    @Get("/get")
    RunRequests.Found get(
            @Nullable @QueryValue("run_id") String runId, @Nullable @QueryValue("run_uuid") String runUuid) {
        return new RunRequests.Found(answers.of(runs.get(RunIds.of(runId, runUuid))));
    }

    @Post("/update")
    @Allowed(Role.ENGINEER)
    RunRequests.Updated update(@Body RunRequests.Update request) {
        RunUpdate update = new RunUpdate(request.status(), request.endTime(), request.runName());
        return new RunRequests.Updated(answers.info(runs.update(request.run(), update)));
    }

    @Post("/delete")
    @Allowed(Role.ENGINEER)
    Empty delete(@Body RunRequests.One request) {
        runs.delete(request.run());
        return Empty.ANSWER;
    }

    @Post("/restore")
    @Allowed(Role.ENGINEER)
    Empty restore(@Body RunRequests.One request) {
        runs.restore(request.run());
        return Empty.ANSWER;
    }

    @Post("/delete-tag")
    @Allowed(Role.ENGINEER)
    Empty deleteTag(@Body RunRequests.DeleteTag request) {
        runs.removeTag(request.run(), request.key());
        return Empty.ANSWER;
    }

    @Post("/search")
    RunRequests.Page search(@Body RunRequests.Search request) {
        // What can't be an id names no experiment, and so no run.
        List<ExperimentId> experimentIds = request.experiments().stream()
                .flatMap(id -> ids.find(id).stream())
                .toList();
        Page<Entity<RunId, Run>> found = search.find(new RunQuery(
                experimentIds, request.filter(), request.orders(), request.view(), request.limit(), request.cursor()));
        List<RunMessage> messages = answers.of(found.items());
        return new RunRequests.Page(Absent.ifEmpty(messages), found.next().orElse(null));
    }
}
