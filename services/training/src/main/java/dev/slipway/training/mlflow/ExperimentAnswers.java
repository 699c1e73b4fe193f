package dev.slipway.training.mlflow;

import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.training.Parts;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.experiment.ExperimentTags;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Puts together what MLflow's clients are told about experiments. */
@Singleton
final class ExperimentAnswers {
    private final ExperimentIds ids;
    private final ExperimentTags tags;
    private final ArtifactLocations locations;

    ExperimentAnswers(ExperimentIds ids, ExperimentTags tags, ArtifactLocations locations) {
        this.ids = ids;
        this.tags = tags;
        this.locations = locations;
    }

    ExperimentMessage of(Entity<ExperimentId, Experiment> experiment) {
        return of(List.of(experiment)).get(0);
    }

    /** All of them, however many. */
    List<ExperimentMessage> of(List<Entity<ExperimentId, Experiment>> experiments) {
        return Parts.each(experiments, this::part);
    }

    private List<ExperimentMessage> part(List<Entity<ExperimentId, Experiment>> experiments) {
        Map<ExperimentId, List<Param>> tagged =
                tags.of(experiments.stream().map(Entity::id).toList());
        return experiments.stream()
                .map(experiment -> message(experiment, tagged.getOrDefault(experiment.id(), List.of())))
                .toList();
    }

    private ExperimentMessage message(Entity<ExperimentId, Experiment> experiment, List<Param> tagged) {
        Experiment body = experiment.body();
        return new ExperimentMessage(
                ids.shown(experiment.id()),
                body.name(),
                locations.of(experiment),
                Stage.of(body.deleted()),
                experiment.updated(),
                experiment.created(),
                KeyValueMessage.of(tagged));
    }
}
