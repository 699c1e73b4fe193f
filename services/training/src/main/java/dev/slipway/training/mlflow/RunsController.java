package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.training.commit.LogLimits;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.run.NewRun;
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

/** MLflow's runs. */
@Controller("/api/2.0/mlflow/runs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class RunsController {
    private final Runs runs;
    private final ExperimentIds ids;
    private final RunAnswers answers;

    RunsController(Runs runs, ExperimentIds ids, RunAnswers answers) {
        this.runs = runs;
        this.ids = ids;
        this.answers = answers;
    }

    @Post("/create")
    @Allowed(Role.ENGINEER)
    RunRequests.Found create(@Body RunRequests.Create request) {
        String given = request.experimentId();
        ExperimentId experiment = given == null || given.isEmpty() ? ids.defaultId() : ids.parse(given);
        String user = request.userId() == null || request.userId().isEmpty() ? null : request.userId();
        NewRun run = new NewRun(
                experiment,
                request.runName(),
                user,
                request.startTime(),
                KeyValueMessage.cut(request.tags(), LogLimits.TAG_VALUE));
        return new RunRequests.Found(answers.of(runs.create(run)));
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
}
