package dev.slipway.clients;

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
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives back what it is given, so that one can see what becomes of it on the way. */
@Controller(TrainingApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = "test.echo")
class EchoTraining implements TrainingApi {
    static final ExperimentId KNOWN = new ExperimentId("1".repeat(32));
    static final ExperimentId GONE = new ExperimentId("f".repeat(32));

    private final Callers callers;
    private final Map<RunId, List<Metric>> logged = new ConcurrentHashMap<>();

    final AtomicInteger created = new AtomicInteger();

    EchoTraining(Callers callers) {
        this.callers = callers;
    }

    /** A name that is a kind of error gives that error. */
    @Override
    public Entity<ExperimentId, Experiment> createExperiment(CreateExperiment request) {
        created.incrementAndGet();
        for (ErrorKind kind : ErrorKind.values()) {
            if (request.name().equals(kind.name())) {
                throw new SlipwayException(kind, "test.refused", "Refused: „" + kind + "“.", null);
            }
        }
        if (request.name().equals("defect")) {
            throw new IllegalStateException("the inside");
        }
        return experiment(request.name());
    }

    @Override
    public @Nullable Entity<ExperimentId, Experiment> experiment(ExperimentId id) {
        if (id.equals(GONE)) {
            throw SlipwayException.notFound("experiment.gone", "The experiment was there once.");
        }
        return id.equals(KNOWN) ? experiment("known") : null;
    }

    private Entity<ExperimentId, Experiment> experiment(String name) {
        return new Entity<>(KNOWN, Long.MAX_VALUE, Long.MIN_VALUE, 9_007_199_254_740_993L, Experiment.named(name));
    }

    @Override
    public List<Entity<ExperimentId, Experiment>> experiments(List<ExperimentId> ids) {
        return ids.stream().map(id -> experiment(id.value())).toList();
    }

    /** One page; its cursor tells the caller and the arguments. */
    @Override
    public Page<Entity<ExperimentId, Experiment>> listExperiments(int limit, @Nullable String cursor) {
        String seen = callers.current() + " " + limit + " " + cursor;
        return new Page<>(List.of(experiment("first")), Optional.of(seen));
    }

    @Override
    public Entity<RunId, Run> createRun(CreateRun request) {
        return new Entity<>(new RunId("2".repeat(32)), 1, 2, 3, Run.logged(request.experiment(), "run", 4));
    }

    @Override
    public Entity<RunId, Run> train(StartTraining request) {
        throw SlipwayException.unsupported("test.unsupported", "Echoes don't train.");
    }

    @Override
    public Entity<RunId, Run> repeat(RunId id, RepeatRun request) {
        throw SlipwayException.unsupported("test.unsupported", "Echoes don't train.");
    }

    @Override
    public List<Repetition> repetitions(List<RunId> ids) {
        return List.of();
    }

    @Override
    public @Nullable Entity<RunId, Run> run(RunId id) {
        return null;
    }

    @Override
    public List<Entity<RunId, Run>> runs(List<RunId> ids) {
        return List.of();
    }

    @Override
    public Page<Entity<RunId, Run>> searchRuns(SearchRuns request) {
        return Page.last(List.of());
    }

    @Override
    public List<RunData> data(List<RunId> ids) {
        return List.of();
    }

    @Override
    public void log(RunId id, LogBatch batch) {
        logged.put(id, batch.metrics());
    }

    @Override
    public Page<Metric> history(RunId id, String key, int limit, @Nullable String cursor) {
        return Page.last(logged.get(id));
    }

    @Override
    public Entity<RunId, Run> finish(RunId id, FinishRun request) {
        throw SlipwayException.notFound("run.unknown", "There is no run " + id + ".");
    }
}
