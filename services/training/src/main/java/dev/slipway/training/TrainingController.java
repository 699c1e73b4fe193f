package dev.slipway.training;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.FinishRun;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.RepeatRun;
import dev.slipway.api.training.Repetition;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.api.training.SearchRuns;
import dev.slipway.api.training.StartTraining;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.metric.RunMetrics;
import dev.slipway.training.run.LoggedData;
import dev.slipway.training.run.Runs;
import dev.slipway.training.train.Repetitions;
import dev.slipway.training.train.Trainings;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The contract of experiments and runs. */
@Controller(TrainingApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class TrainingController implements TrainingApi {
    private final Experiments experiments;
    private final Runs runs;
    private final Trainings trainings;
    private final Repetitions repetitions;
    private final RunMetrics metrics;
    private final LoggedData data;

    TrainingController(
            Experiments experiments,
            Runs runs,
            Trainings trainings,
            Repetitions repetitions,
            RunMetrics metrics,
            LoggedData data) {
        this.experiments = experiments;
        this.runs = runs;
        this.trainings = trainings;
        this.repetitions = repetitions;
        this.metrics = metrics;
        this.data = data;
    }

    @Override
    public Entity<ExperimentId, Experiment> createExperiment(CreateExperiment request) {
        return experiments.getOrCreate(request);
    }

    @Override
    public @Nullable Entity<ExperimentId, Experiment> experiment(ExperimentId id) {
        return experiments.find(id).orElse(null);
    }

    @Override
    public List<Entity<ExperimentId, Experiment>> experiments(List<ExperimentId> ids) {
        return experiments.getAll(ids);
    }

    @Override
    public Page<Entity<ExperimentId, Experiment>> listExperiments(int limit, @Nullable String cursor) {
        return experiments.list(limit, cursor);
    }

    @Override
    public Entity<RunId, Run> createRun(CreateRun request) {
        return runs.create(request);
    }

    @Override
    public Entity<RunId, Run> train(StartTraining request) {
        return trainings.start(request);
    }

    @Override
    public Entity<RunId, Run> repeat(RunId id, RepeatRun request) {
        return repetitions.start(id, request);
    }

    @Override
    public List<Repetition> repetitions(List<RunId> ids) {
        return repetitions.of(ids);
    }

    @Override
    public @Nullable Entity<RunId, Run> run(RunId id) {
        return runs.find(id).orElse(null);
    }

    @Override
    public List<Entity<RunId, Run>> runs(List<RunId> ids) {
        return runs.getAll(ids);
    }

    @Override
    public Page<Entity<RunId, Run>> searchRuns(SearchRuns request) {
        return runs.search(request);
    }

    @Override
    public List<RunData> data(List<RunId> ids) {
        return data.of(ids);
    }

    @Override
    public void log(RunId id, LogBatch batch) {
        metrics.log(id, batch);
    }

    @Override
    public Page<Metric> history(RunId id, String key, int limit, @Nullable String cursor) {
        return metrics.history(id, key, limit, cursor);
    }

    @Override
    public Entity<RunId, Run> finish(RunId id, FinishRun request) {
        return runs.finish(id, request);
    }
}
