package dev.slipway.training.run;

import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.training.TrainingKinds;
import java.util.Locale;
import java.util.Map;

/** Puts a run into a change, always together with its searchable attributes and the event that tells of it. */
public final class RunChanges {
    private RunChanges() {}

    public static EntityRef ref(RunId id) {
        return EntityRef.of(EntityType.RUN, id);
    }

    public static Entity<RunId, Run> create(Change change, RunId id, Run run) {
        Entity<RunId, Run> made = change.create(TrainingKinds.RUN, id, run);
        change.facet(ref(id), run.experiment(), attribute("started", new Facet.Value.Num(run.started()), made));
        return told(change, made, "run.created");
    }

    /** A run whose state has changed. */
    public static Entity<RunId, Run> update(Change change, Entity<RunId, Run> run) {
        Entity<RunId, Run> changed = change.update(TrainingKinds.RUN, run);
        RunState state = run.body().state();
        return told(
                change,
                changed,
                "run." + (state == RunState.RUNNING ? "started" : state.name().toLowerCase(Locale.ROOT)));
    }

    private static Entity<RunId, Run> told(Change change, Entity<RunId, Run> run, String event) {
        Run body = run.body();
        change.facet(
                ref(run.id()),
                body.experiment(),
                attribute("state", new Facet.Value.Text(body.state().name()), run));
        change.event(
                event, ref(run.id()), Map.of("experiment", body.experiment().value(), "name", body.name()));
        return run;
    }

    /** The revision is the step, so that the attribute of the newest revision wins. */
    private static Facet attribute(String key, Facet.Value value, Entity<RunId, Run> run) {
        return new Facet(FacetKind.ATTRIBUTE, key, value, run.revision(), run.updated());
    }
}
