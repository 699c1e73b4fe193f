package dev.slipway.gateway;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.FinishRun;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.MetricDifference;
import dev.slipway.api.training.RepeatRun;
import dev.slipway.api.training.Repetition;
import dev.slipway.api.training.RepetitionVerdict;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.SearchRuns;
import dev.slipway.api.training.StartTraining;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Experiments and runs in memory. */
@Singleton
class TestTraining implements TrainingApi {
    final Shelf<ExperimentId, Experiment> experiments = new Shelf<>(ExperimentId::new);
    final Shelf<RunId, Run> runs = new Shelf<>(RunId::new);
    private final Map<RunId, LogBatch> logged = new ConcurrentHashMap<>();
    private final Calls calls;

    TestTraining(Calls calls) {
        this.calls = calls;
    }

    @Override
    public Entity<ExperimentId, Experiment> createExperiment(CreateExperiment request) {
        calls.note("createExperiment");
        return experiments.add(Experiment.named(request.name()));
    }

    @Override
    public @Nullable Entity<ExperimentId, Experiment> experiment(ExperimentId id) {
        calls.note("experiment");
        return experiments.get(id);
    }

    @Override
    public List<Entity<ExperimentId, Experiment>> experiments(List<ExperimentId> ids) {
        calls.note("experiments");
        return experiments.all(ids);
    }

    @Override
    public Page<Entity<ExperimentId, Experiment>> listExperiments(int limit, @Nullable String cursor) {
        calls.note("listExperiments");
        return experiments.page(limit, cursor, any -> true);
    }

    @Override
    public Entity<RunId, Run> createRun(CreateRun request) {
        calls.note("createRun");
        return runs.add(Run.logged(request.experiment(), request.name(), 1));
    }

    @Override
    public Entity<RunId, Run> train(StartTraining request) {
        throw SlipwayException.unsupported("test.unsupported", "The gateway never asks for this.");
    }

    @Override
    public Entity<RunId, Run> repeat(RunId id, RepeatRun request) {
        calls.note("repeat " + request.idempotencyKey());
        Run original = runs.get(id).body();
        return runs.add(new Run(
                original.experiment(), "repeat", RunState.SCHEDULED, null, null, null, 1, null, null, null, id));
    }

    @Override
    public List<Repetition> repetitions(List<RunId> ids) {
        calls.note("repetitions");
        return runs.all(ids).stream()
                .filter(run -> run.body().repeats() != null)
                .map(run -> new Repetition(
                        run.id(),
                        run.body().repeats(),
                        RepetitionVerdict.DIFFERENT,
                        List.of(new MetricDifference("loss", 0.5, null))))
                .toList();
    }

    @Override
    public @Nullable Entity<RunId, Run> run(RunId id) {
        calls.note("run");
        return runs.get(id);
    }

    @Override
    public List<Entity<RunId, Run>> runs(List<RunId> ids) {
        calls.note("runs");
        return runs.all(ids);
    }

    @Override
    public Page<Entity<RunId, Run>> searchRuns(SearchRuns request) {
        calls.note("searchRuns by " + request.orderByMetric());
        return runs.page(
                request.limit(), request.cursor(), run -> run.experiment().equals(request.experiment()));
    }

    @Override
    public List<RunData> data(List<RunId> ids) {
        calls.note("data");
        return ids.stream()
                .filter(logged::containsKey)
                .map(id -> new RunData(
                        id,
                        logged.get(id).params(),
                        logged.get(id).tags(),
                        logged.get(id).metrics()))
                .toList();
    }

    @Override
    public void log(RunId id, LogBatch batch) {
        calls.note("log");
        logged.put(id, batch);
    }

    @Override
    public Page<Metric> history(RunId id, String key, int limit, @Nullable String cursor) {
        calls.note("history");
        return Page.last(logged.get(id).metrics().stream()
                .filter(metric -> metric.key().equals(key))
                .toList());
    }

    @Override
    public Entity<RunId, Run> finish(RunId id, FinishRun request) {
        calls.note("finish");
        return runs.change(id, run -> run.withState(request.state(), 2L));
    }
}
