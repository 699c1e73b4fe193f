package dev.slipway.training.run;

import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.FinishRun;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.SearchRuns;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.training.Names;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.metric.RunMetrics;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Makes, finds and ends runs. */
@Singleton
public final class Runs {
    private final Entities entities;
    private final Experiments experiments;
    private final RunMetrics metrics;
    private final GraphStore graph;
    private final Callers callers;

    Runs(Entities entities, Experiments experiments, RunMetrics metrics, GraphStore graph, Callers callers) {
        this.entities = entities;
        this.experiments = experiments;
        this.metrics = metrics;
        this.graph = graph;
        this.callers = callers;
    }

    /** Makes a run that is carried out and logged from outside. */
    public Entity<RunId, Run> create(CreateRun request) {
        String name = Names.check("run", request.name());
        Change change = entities.change();
        Entity<RunId, Run> run = RunChanges.create(
                change,
                entities.newId(RunId::new),
                new Run(
                        experiments.get(request.experiment()).id(),
                        name,
                        RunState.RUNNING,
                        null,
                        null,
                        null,
                        change.now(),
                        null));
        change.commit();
        return run;
    }

    /** Ends a run that was logged from outside; ending it again in the same state changes nothing. */
    public Entity<RunId, Run> finish(RunId id, FinishRun request) {
        RunState state = request.state();
        if (state != RunState.FINISHED && state != RunState.FAILED && state != RunState.KILLED) {
            throw SlipwayException.invalid(
                    "run.state", "A run ends as FINISHED, FAILED or KILLED, not as " + state + ".");
        }
        Entity<RunId, Run> run = entities.get(TrainingKinds.RUN, id);
        if (run.body().job() != null) {
            throw SlipwayException.conflict(
                    "run.has-job",
                    "Run " + id + " is carried out by job " + run.body().job()
                            + " and ends with it; cancel the job to stop it.");
        }
        if (run.body().state() == state) {
            return run;
        }
        if (run.body().finished() != null) {
            throw SlipwayException.conflict(
                    "run.finished", "Run " + id + " has ended as " + run.body().state() + " already.");
        }
        Change change = entities.change();
        Entity<RunId, Run> finished = RunChanges.update(change, run.with(body -> ended(body, state, change.now())));
        change.commit();
        metrics.compact(id);
        return finished;
    }

    private static Run ended(Run run, RunState state, long now) {
        return new Run(
                run.experiment(), run.name(), state, run.datasetVersion(), run.job(), run.model(), run.started(), now);
    }

    public Optional<Entity<RunId, Run>> find(RunId id) {
        return entities.find(TrainingKinds.RUN, id);
    }

    public List<Entity<RunId, Run>> getAll(List<RunId> ids) {
        return entities.getAll(TrainingKinds.RUN, ids);
    }

    /** A page of an experiment's runs, found and ordered by their facets. */
    public Page<Entity<RunId, Run>> search(SearchRuns request) {
        experiments.get(request.experiment());
        Page<EntityId> found = graph.search(new FacetQuery(
                callers.workspace(),
                EntityType.RUN,
                EntityId.of(request.experiment()),
                List.of(),
                Optional.ofNullable(request.orderByMetric())
                        .map(key -> new FacetQuery.Order(FacetKind.METRIC, key, request.descending())),
                request.limit(),
                Optional.ofNullable(request.cursor())));
        List<RunId> ids =
                found.items().stream().map(id -> new RunId(id.value())).toList();
        return new Page<>(getAll(ids), found.next());
    }
}
