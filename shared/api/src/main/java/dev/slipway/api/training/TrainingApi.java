package dev.slipway.api.training;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;

/** Experiments, their runs, and what is logged to them. */
@Allowed(Role.VIEWER)
public interface TrainingApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/training";

    /** The experiment of that name, made unless it is there. */
    @Post("/experiments")
    @Allowed(Role.ENGINEER)
    Entity<ExperimentId, Experiment> createExperiment(@Body CreateExperiment request);

    @Get("/experiments/{id}")
    @Nullable
    Entity<ExperimentId, Experiment> experiment(@PathVariable ExperimentId id);

    /** Those that exist of at most 1000. */
    @Post("/experiments/batch")
    List<Entity<ExperimentId, Experiment>> experiments(@Body List<ExperimentId> ids);

    /** Newest first. */
    @Get("/experiments{?limit,cursor}")
    Page<Entity<ExperimentId, Experiment>> listExperiments(
            @QueryValue(defaultValue = "50") int limit, @Nullable @QueryValue String cursor);

    @Post("/runs")
    @Allowed(Role.ENGINEER)
    Entity<RunId, Run> createRun(@Body CreateRun request);

    /** Starts a job that trains a network; the run tells its id. */
    @Post("/trainings")
    @Allowed(Role.ENGINEER)
    Entity<RunId, Run> train(@Body StartTraining request);

    /**
     * Starts a run that is to be the same as one which was trained here: dataset version, network, hyperparameters and seed.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code run.unknown}; {@code run.not-trained-here} for one that was logged
     *     from outside; {@code run.unfinished} for one that made no model, or not yet; as {@link #train}
     */
    @Post("/runs/{id}/repeat")
    @Allowed(Role.ENGINEER)
    Entity<RunId, Run> repeat(@PathVariable RunId id, @Body RepeatRun request);

    /** How those of at most 1000 runs that repeat another one compare with it. */
    @Post("/runs/repetitions")
    List<Repetition> repetitions(@Body List<RunId> ids);

    @Get("/runs/{id}")
    @Nullable
    Entity<RunId, Run> run(@PathVariable RunId id);

    /** Those that exist of at most 1000. */
    @Post("/runs/batch")
    List<Entity<RunId, Run>> runs(@Body List<RunId> ids);

    @Post("/runs/search")
    Page<Entity<RunId, Run>> searchRuns(@Body SearchRuns request);

    /** What was logged to each of at most 1000 runs. */
    @Post("/runs/data")
    List<RunData> data(@Body List<RunId> ids);

    /** When it has returned, everything of the batch survives the death of the process; repeating it is harmless. */
    @Post("/runs/{id}/log")
    @Allowed(Role.ENGINEER)
    void log(@PathVariable RunId id, @Body LogBatch batch);

    /** A page of a metric's history, in the order of (step, timestamp, value). */
    @Get("/runs/{id}/metrics")
    Page<Metric> history(
            @PathVariable RunId id,
            @QueryValue String key,
            @QueryValue(defaultValue = "1000") int limit,
            @Nullable @QueryValue String cursor);

    @Post("/runs/{id}/finish")
    @Allowed(Role.ENGINEER)
    Entity<RunId, Run> finish(@PathVariable RunId id, @Body FinishRun request);
}
