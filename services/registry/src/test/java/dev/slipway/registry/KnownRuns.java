package dev.slipway.registry;

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
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.SearchRuns;
import dev.slipway.api.training.StartTraining;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finished runs, as far as the registry asks for them. */
@Singleton
class KnownRuns implements TrainingApi {
    private final Map<RunId, Run> runs = new ConcurrentHashMap<>();
    private final IdGenerator ids;

    KnownRuns(IdGenerator ids) {
        this.ids = ids;
    }

    RunId add() {
        RunId id = ids.next(RunId::new);
        runs.put(id, Run.logged(ids.next(ExperimentId::new), "run", 0).withState(RunState.FINISHED, 1L));
        return id;
    }

    @Override
    public Entity<RunId, Run> run(RunId id) {
        Run run = runs.get(id);
        return run == null ? null : new Entity<>(id, 1, 0, 0, run);
    }

    @Override
    public Entity<ExperimentId, Experiment> createExperiment(CreateExperiment request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<ExperimentId, Experiment> experiment(ExperimentId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<ExperimentId, Experiment>> experiments(List<ExperimentId> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<ExperimentId, Experiment>> listExperiments(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<RunId, Run> createRun(CreateRun request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<RunId, Run> train(StartTraining request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<RunId, Run> repeat(RunId id, RepeatRun request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Repetition> repetitions(List<RunId> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<RunId, Run>> runs(List<RunId> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<RunId, Run>> searchRuns(SearchRuns request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RunData> data(List<RunId> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void log(RunId id, LogBatch batch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Metric> history(RunId id, String key, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<RunId, Run> finish(RunId id, FinishRun request) {
        throw new UnsupportedOperationException();
    }
}
