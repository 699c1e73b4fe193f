package dev.slipway.training.run;

import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.FinishRun;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.SearchRuns;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.training.Names;
import dev.slipway.training.Search;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.commit.GroupCommitter;
import dev.slipway.training.commit.LogLimits;
import dev.slipway.training.commit.RunChanges;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.experiment.View;
import dev.slipway.training.metric.RunMetrics;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes, finds, changes and ends runs. */
@Singleton
public final class Runs {
    private static final int MAX_USER = 256;

    private final Entities entities;
    private final Experiments experiments;
    private final GroupCommitter committer;
    private final RunMetrics metrics;
    private final Search search;
    private final InstantSource clock;

    Runs(
            Entities entities,
            Experiments experiments,
            GroupCommitter committer,
            RunMetrics metrics,
            Search search,
            InstantSource clock) {
        this.entities = entities;
        this.experiments = experiments;
        this.committer = committer;
        this.metrics = metrics;
        this.search = search;
        this.clock = clock;
    }

    /** Makes a run that is carried out and logged from outside. */
    public Entity<RunId, Run> create(CreateRun request) {
        String name = Names.check("run", request.name());
        return create(experiments.active(request.experiment()), new NewRun(null, name, null, null, List.of()));
    }

    /**
     * Makes a run that is carried out and logged from outside.
     *
     * @param experiment that is not deleted
     * @throws SlipwayException {@code run.name} when the name and that of its tag differ; {@code run.user}; {@code
     *     run.exists} when the id was given and is a run's already; as {@link LogLimits}
     */
    public Entity<RunId, Run> create(Entity<ExperimentId, Experiment> experiment, NewRun request) {
        if (request.user() != null && request.user().length() > MAX_USER) {
            throw SlipwayException.tooLarge("run.user", "The user of a run has at most " + MAX_USER + " characters.");
        }
        long started = request.started() == null ? clock.millis() : request.started();
        Run run = Run.logged(experiment.id(), name(request), started).withUser(request.user());
        return request.id() == null
                ? committer.create(entities.newId(RunId::new), run, request.tags())
                : committer.createAs(request.id(), run, request.tags());
    }

    private static String name(NewRun request) {
        Optional<String> tagged = request.tags().stream()
                .filter(tag -> tag.key().equals(RunChanges.NAME_TAG))
                .map(Param::value)
                .filter(value -> !value.isEmpty())
                .findFirst();
        if (request.name() == null || request.name().isEmpty()) {
            return tagged.orElseGet(RandomNames::next);
        }
        if (tagged.isPresent() && !tagged.get().equals(request.name())) {
            throw SlipwayException.invalid(
                    "run.name",
                    "The run is called '" + request.name() + "' and, by its tag " + RunChanges.NAME_TAG + ", '"
                            + tagged.get() + "'; send one of them.");
        }
        return checkedName(request.name());
    }

    private static String checkedName(String name) {
        return Names.check("run", name, LogLimits.TAG_VALUE);
    }

    /**
     * Changes a run, which may go on after it had ended.
     *
     * @throws SlipwayException {@code run.unknown}; {@code run.deleted}; {@code run.has-job} when its job alone says where
     *     it stands
     */
    public Entity<RunId, Run> update(RunId id, RunUpdate update) {
        boolean renamed = update.name() != null && !update.name().isEmpty();
        if (renamed) {
            checkedName(update.name());
        }
        Entity<RunId, Run> changed = committer.update(id, run -> {
            Run named = renamed ? run.withName(update.name()) : run;
            if (update.state() == null && update.ended() == null) {
                return named;
            }
            checkNoJob(id, run);
            return named.withState(
                    update.state() == null ? run.state() : update.state(),
                    update.ended() == null ? run.finished() : update.ended());
        });
        if (update.state() != null && ends(update.state())) {
            metrics.compact(id);
        }
        return changed;
    }

    /** Ends a run that was logged from outside; ending it again in the same state changes nothing. */
    public Entity<RunId, Run> finish(RunId id, FinishRun request) {
        RunState state = request.state();
        if (!ends(state)) {
            throw SlipwayException.invalid(
                    "run.state", "A run ends as FINISHED, FAILED or KILLED, not as " + state + ".");
        }
        Entity<RunId, Run> finished = committer.update(id, run -> {
            checkNoJob(id, run);
            if (ends(run.state()) && run.state() != state) {
                throw SlipwayException.conflict(
                        "run.finished", "Run " + id + " has ended as " + run.state() + " already.");
            }
            return run.state() == state ? run : run.withState(state, clock.millis());
        });
        metrics.compact(id);
        return finished;
    }

    /** Whether a run in this state is over. */
    public static boolean ends(RunState state) {
        return state == RunState.FINISHED || state == RunState.FAILED || state == RunState.KILLED;
    }

    private static void checkNoJob(RunId id, Run run) {
        if (run.job() != null) {
            throw SlipwayException.conflict(
                    "run.has-job",
                    "Run " + id + " is carried out by job " + run.job()
                            + " and ends with it; cancel the job to stop it.");
        }
    }

    /** Deletes a run, which can be restored; once more is harmless. */
    public void delete(RunId id) {
        long now = clock.millis();
        committer.updateEvenDeleted(id, run -> run.deleted() == null ? run.withDeleted(now) : run);
    }

    /** Restores a deleted run; once more is harmless. */
    public void restore(RunId id) {
        committer.updateEvenDeleted(id, run -> run.withDeleted(null));
    }

    /** Takes a tag away, as {@link GroupCommitter#removeTag} says. */
    public void removeTag(RunId id, String key) {
        committer.removeTag(id, key);
    }

    /** The run, be it deleted, or {@code run.unknown}. */
    public Entity<RunId, Run> get(RunId id) {
        return entities.get(TrainingKinds.RUN, id);
    }

    public Optional<Entity<RunId, Run>> find(RunId id) {
        return entities.find(TrainingKinds.RUN, id);
    }

    public List<Entity<RunId, Run>> getAll(List<RunId> ids) {
        return entities.getAll(TrainingKinds.RUN, ids);
    }

    /** A page of those of an experiment's runs that are not deleted, found and ordered by their facets. */
    public Page<Entity<RunId, Run>> search(SearchRuns request) {
        experiments.get(request.experiment());
        List<Order> orders = request.orderByMetric() == null
                ? List.of()
                : List.of(new Order.ByFacet(FacetKind.METRIC, request.orderByMetric(), request.descending()));
        Page.checkLimit(request.limit());
        Page<EntityId> found = search.find(
                EntityType.RUN,
                List.of(EntityId.of(request.experiment())),
                View.ACTIVE_ONLY.conditions(),
                orders,
                request.limit(),
                Optional.ofNullable(request.cursor()));
        List<RunId> ids =
                found.items().stream().map(id -> new RunId(id.value())).toList();
        return new Page<>(getAll(ids), found.next());
    }
}
