package dev.slipway.training.experiment;

import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.Run;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.training.Names;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.commit.RunChanges;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Renames experiments, and deletes and restores them with all of their runs. */
@Singleton
public final class ExperimentLifecycle {
    private static final int RUNS_AT_ONCE = 500;

    private final Experiments experiments;
    private final Entities entities;
    private final GraphStore graph;
    private final Callers callers;

    ExperimentLifecycle(Experiments experiments, Entities entities, GraphStore graph, Callers callers) {
        this.experiments = experiments;
        this.entities = entities;
        this.graph = graph;
        this.callers = callers;
    }

    /**
     * Gives an experiment another name.
     *
     * @throws SlipwayException {@code experiment.unknown}; {@code experiment.state} for a deleted one; {@code
     *     experiment.exists} when the name is taken
     */
    public void rename(ExperimentId id, String newName) {
        String name = Names.check("experiment", newName, Experiments.MAX_NAME);
        change(id, (change, experiment) -> {
            Experiment body = experiment.body();
            if (body.deleted() != null) {
                throw SlipwayException.conflict(
                        "experiment.state", "Experiment '" + body.name() + "' is deleted; restore it to rename it.");
            }
            if (body.name().equals(name)) {
                return;
            }
            if (experiments.named(name).isPresent()) {
                throw Experiments.taken(name);
            }
            change.claim(new ClaimChange.Release(ExperimentChanges.claim(body.name()), id.value()));
            change.take(ExperimentChanges.claim(name), id);
            ExperimentChanges.update(change, experiment, body.withName(name), "experiment.renamed");
        });
    }

    /**
     * Deletes an experiment and its runs, which can be restored; its name stays taken. The runs follow in several batches;
     * if the process dies before the last one, the same call goes on.
     *
     * @throws SlipwayException {@code experiment.unknown}, also when all of it is deleted already
     */
    public void delete(ExperimentId id) {
        mark(id, true);
    }

    /**
     * Restores an experiment and all of its runs, as {@link #delete} deletes them.
     *
     * @throws SlipwayException {@code experiment.unknown}, also when nothing of it is deleted
     */
    public void restore(ExperimentId id) {
        mark(id, false);
    }

    private void mark(ExperimentId id, boolean deleted) {
        boolean wasSo = (experiments.get(id).body().deleted() != null) == deleted;
        if (!wasSo) {
            change(id, (change, experiment) -> {
                if ((experiment.body().deleted() != null) != deleted) {
                    Experiment after = experiment.body().withDeleted(time(change, deleted));
                    ExperimentChanges.update(
                            change, experiment, after, deleted ? "experiment.deleted" : "experiment.restored");
                }
            });
        }
        if (markRuns(id, deleted) == 0 && wasSo) {
            throw SlipwayException.notFound(
                    "experiment.unknown",
                    "There is no " + (deleted ? "active" : "deleted") + " experiment " + id + "; it is "
                            + (deleted ? "deleted" : "active") + " already.");
        }
    }

    @Nullable
    private static Long time(Change change, boolean deleted) {
        return deleted ? change.now() : null;
    }

    private void change(ExperimentId id, BiConsumer<Change, Entity<ExperimentId, Experiment>> step) {
        Retries.onConflict(() -> {
            Entity<ExperimentId, Experiment> experiment = experiments.get(id);
            Change change = entities.change();
            step.accept(change, experiment);
            change.commit();
            return experiment;
        });
    }

    /** How many runs were not as they should be. */
    private int markRuns(ExperimentId id, boolean deleted) {
        int marked = 0;
        List<RunId> others = runs(id, !deleted);
        while (!others.isEmpty()) {
            List<RunId> page = others;
            marked += Retries.onConflict(() -> mark(page, deleted));
            others = runs(id, !deleted);
        }
        return marked;
    }

    private int mark(List<RunId> ids, boolean deleted) {
        Change change = entities.change();
        List<Entity<RunId, Run>> runs = entities.getAll(TrainingKinds.RUN, ids);
        for (Entity<RunId, Run> run : runs) {
            RunChanges.update(change, run, run.body().withDeleted(time(change, deleted)));
        }
        change.commit();
        return runs.size();
    }

    /** Some of the experiment's runs that are deleted or, otherwise, not. */
    private List<RunId> runs(ExperimentId id, boolean deleted) {
        FacetQuery query = new FacetQuery(
                callers.workspace(),
                EntityType.RUN,
                List.of(EntityId.of(id)),
                List.of(View.of(deleted)),
                List.of(),
                RUNS_AT_ONCE,
                Optional.empty());
        return graph.search(query).items().stream()
                .map(found -> new RunId(found.value()))
                .toList();
    }
}
