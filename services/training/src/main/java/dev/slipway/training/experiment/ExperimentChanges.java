package dev.slipway.training.experiment;

import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.commit.RunChanges;
import java.util.List;
import java.util.Map;

/** Puts an experiment into a change, always together with its searchable attributes and the event that tells of it. */
final class ExperimentChanges {
    /** All experiments of a workspace are searched together. */
    static final EntityId SCOPE = new EntityId("0".repeat(32));

    private ExperimentChanges() {}

    static String claim(String name) {
        return "experiment-name/" + name;
    }

    static EntityRef ref(ExperimentId id) {
        return EntityRef.of(EntityType.EXPERIMENT, id);
    }

    /** A new one, without the claim of its name. */
    static Entity<ExperimentId, Experiment> create(
            Change change, ExperimentId id, Experiment experiment, List<Param> tags) {
        Entity<ExperimentId, Experiment> made = change.create(TrainingKinds.EXPERIMENT, id, experiment);
        tags.forEach(tag -> tag(change, id, tag));
        return told(change, made, "experiment.created");
    }

    /** The experiment with another body. */
    static void update(Change change, Entity<ExperimentId, Experiment> experiment, Experiment after, String event) {
        if (experiment.body().deleted() != null) {
            change.remove(ref(experiment.id()), FacetKind.ATTRIBUTE, RunChanges.DELETED);
        }
        told(change, change.update(TrainingKinds.EXPERIMENT, experiment.with(before -> after)), event);
    }

    static void tag(Change change, ExperimentId id, Param tag) {
        Facet.Value value = new Facet.Value.Text(tag.value());
        // In place of any other, whatever the clocks of those who set them.
        change.remove(ref(id), FacetKind.TAG, tag.key());
        change.facet(ref(id), SCOPE, new Facet(FacetKind.TAG, tag.key(), value, 0, change.now()));
    }

    private static Entity<ExperimentId, Experiment> told(
            Change change, Entity<ExperimentId, Experiment> experiment, String event) {
        attributes(change, experiment);
        change.event(
                event, ref(experiment.id()), Map.of("name", experiment.body().name()));
        return experiment;
    }

    /** What searches find it by, but for its tags. */
    static void attributes(Change change, Entity<ExperimentId, Experiment> experiment) {
        Experiment body = experiment.body();
        facet(change, experiment, "name", new Facet.Value.Text(body.name()));
        number(change, experiment, "creation_time", experiment.created());
        number(change, experiment, "last_update_time", experiment.updated());
        if (body.deleted() != null) {
            number(change, experiment, RunChanges.DELETED, body.deleted());
        }
    }

    private static void number(Change change, Entity<ExperimentId, Experiment> experiment, String key, long value) {
        facet(change, experiment, key, new Facet.Value.Num(value));
    }

    /** The revision is the step, so that the value of the newest revision wins. */
    private static void facet(
            Change change, Entity<ExperimentId, Experiment> experiment, String key, Facet.Value value) {
        Facet facet = new Facet(FacetKind.ATTRIBUTE, key, value, experiment.revision(), experiment.updated());
        change.facet(ref(experiment.id()), SCOPE, facet);
    }
}
