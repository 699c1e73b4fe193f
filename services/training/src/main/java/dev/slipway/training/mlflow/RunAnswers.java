package dev.slipway.training.mlflow;

import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.store.graph.Facet;
import dev.slipway.training.Parts;
import dev.slipway.training.commit.RunChanges;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.run.LoggedData;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together what MLflow's clients are told about runs, from few reads for many of them. */
@Singleton
final class RunAnswers {
    private final Experiments experiments;
    private final ExperimentIds ids;
    private final ArtifactLocations locations;
    private final LoggedData data;
    private final LoggedRunModels models;

    RunAnswers(
            Experiments experiments,
            ExperimentIds ids,
            ArtifactLocations locations,
            LoggedData data,
            LoggedRunModels models) {
        this.experiments = experiments;
        this.ids = ids;
        this.locations = locations;
        this.data = data;
        this.models = models;
    }

    RunInfoMessage info(Entity<RunId, Run> run) {
        return info(run, experiments.get(run.body().experiment()));
    }

    RunMessage of(Entity<RunId, Run> run) {
        return of(List.of(run)).get(0);
    }

    /** A run of the experiment that has just been made with these tags, without reading anything. */
    RunMessage created(Entity<RunId, Run> run, Entity<ExperimentId, Experiment> experiment, List<Param> tags) {
        Map<String, Param> byKey = new TreeMap<>();
        tags.forEach(tag -> byKey.put(tag.key(), tag));
        byKey.put(RunChanges.NAME_TAG, new Param(RunChanges.NAME_TAG, run.body().name()));
        RunData data = new RunData(run.id(), List.of(), List.copyOf(byKey.values()), List.of());
        return message(info(run, experiment), data, LoggedRunModels.InputsAndOutputs.NONE);
    }

    /** All of them, however many. */
    List<RunMessage> of(List<Entity<RunId, Run>> runs) {
        return Parts.each(runs, this::part);
    }

    private List<RunMessage> part(List<Entity<RunId, Run>> runs) {
        List<RunId> runIds = runs.stream().map(Entity::id).toList();
        Map<ExperimentId, Entity<ExperimentId, Experiment>> known = new HashMap<>();
        experiments
                .getAll(runs.stream()
                        .map(run -> run.body().experiment())
                        .distinct()
                        .toList())
                .forEach(experiment -> known.put(experiment.id(), experiment));
        Map<RunId, List<Facet>> facets = data.facets(runIds);
        Map<RunId, LoggedRunModels.InputsAndOutputs> used = models.of(facets);
        return runs.stream()
                .map(run -> message(
                        info(run, known.get(run.body().experiment())),
                        LoggedData.data(run.id(), facets.get(run.id())),
                        used.getOrDefault(run.id(), LoggedRunModels.InputsAndOutputs.NONE)))
                .toList();
    }

    private static RunMessage message(RunInfoMessage info, RunData logged, LoggedRunModels.InputsAndOutputs used) {
        RunDataMessage message = new RunDataMessage(
                MetricMessage.of(logged.metrics()),
                KeyValueMessage.of(logged.params()),
                KeyValueMessage.of(logged.tags()));
        return new RunMessage(info, message, used.inputs(), used.outputs());
    }

    private RunInfoMessage info(Entity<RunId, Run> run, Entity<ExperimentId, Experiment> experiment) {
        Run body = run.body();
        return new RunInfoMessage(
                run.id().value(),
                run.id().value(),
                body.name(),
                ids.shown(experiment.id()),
                body.user() == null ? "" : body.user(),
                body.state(),
                body.started(),
                body.finished(),
                locations.of(experiment, run.id()),
                Stage.of(body.deleted()));
    }
}
