package dev.slipway.training.commit;

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
    /** The tag that is the run's name, too. */
    public static final String NAME_TAG = "mlflow.runName";

    /** The attribute of a run or an experiment that is deleted: when, in UTC milliseconds. */
    public static final String DELETED = "deleted";

    private RunChanges() {}

    public static EntityRef ref(RunId id) {
        return EntityRef.of(EntityType.RUN, id);
    }

    public static Entity<RunId, Run> create(Change change, RunId id, Run run) {
        return told(change, change.create(TrainingKinds.RUN, id, run), "run.created");
    }

    /** The run with another body. */
    public static Entity<RunId, Run> update(Change change, Entity<RunId, Run> run, Run after) {
        String event = event(run.body(), after);
        if (run.body().deleted() != null) {
            change.remove(ref(run.id()), FacetKind.ATTRIBUTE, DELETED);
        }
        return told(change, change.update(TrainingKinds.RUN, run.with(before -> after)), event);
    }

    private static String event(Run before, Run after) {
        if ((before.deleted() == null) != (after.deleted() == null)) {
            return after.deleted() == null ? "run.restored" : "run.deleted";
        }
        if (before.state() == after.state()) {
            return "run.updated";
        }
        RunState state = after.state();
        return "run." + (state == RunState.RUNNING ? "started" : state.name().toLowerCase(Locale.ROOT));
    }

    private static Entity<RunId, Run> told(Change change, Entity<RunId, Run> run, String event) {
        attributes(change, run);
        change.event(
                event,
                ref(run.id()),
                Map.of(
                        "experiment",
                        run.body().experiment().value(),
                        "name",
                        run.body().name()));
        return run;
    }

    /** What searches find it by, but for what is logged to it. */
    static void attributes(Change change, Entity<RunId, Run> run) {
        Run body = run.body();
        text(change, run, FacetKind.ATTRIBUTE, "run_name", body.name());
        text(change, run, FacetKind.TAG, NAME_TAG, body.name());
        text(change, run, FacetKind.ATTRIBUTE, "status", body.state().name());
        time(change, run, "start_time", body.started());
        if (body.finished() != null) {
            time(change, run, "end_time", body.finished());
        }
        if (body.user() != null) {
            text(change, run, FacetKind.ATTRIBUTE, "user_id", body.user());
        }
        if (body.deleted() != null) {
            time(change, run, DELETED, body.deleted());
        }
    }

    private static void text(Change change, Entity<RunId, Run> run, FacetKind kind, String key, String value) {
        facet(change, run, kind, key, new Facet.Value.Text(value));
    }

    private static void time(Change change, Entity<RunId, Run> run, String key, long time) {
        facet(change, run, FacetKind.ATTRIBUTE, key, new Facet.Value.Num(time));
    }

    /** The revision is the step, so that the value of the newest revision wins. */
    private static void facet(Change change, Entity<RunId, Run> run, FacetKind kind, String key, Facet.Value value) {
        Facet facet = new Facet(kind, key, value, run.revision(), run.updated());
        change.facet(ref(run.id()), run.body().experiment(), facet);
    }
}
