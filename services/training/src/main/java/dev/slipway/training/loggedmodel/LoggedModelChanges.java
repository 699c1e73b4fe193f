package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.LoggedModel;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import java.util.List;
import java.util.Map;

/** Puts a logged model into a change, always together with its searchable attributes and the event that tells of it. */
final class LoggedModelChanges {
    /** The attribute of a deleted one: when, in UTC milliseconds. */
    static final String DELETED = "deleted";

    private LoggedModelChanges() {}

    static EntityRef ref(LoggedModelId id) {
        return EntityRef.of(EntityType.LOGGED_MODEL, id);
    }

    static Entity<LoggedModelId, LoggedModel> create(Change change, LoggedModelId id, LoggedModel model) {
        return told(change, change.create(LoggedModelKinds.MODEL, id, model), "logged-model.created");
    }

    static Entity<LoggedModelId, LoggedModel> update(
            Change change, Entity<LoggedModelId, LoggedModel> model, String event) {
        return told(change, change.update(LoggedModelKinds.MODEL, model), event);
    }

    private static Entity<LoggedModelId, LoggedModel> told(
            Change change, Entity<LoggedModelId, LoggedModel> model, String event) {
        attributes(change, model);
        change.event(
                event,
                ref(model.id()),
                Map.of(
                        "experiment",
                        model.body().experiment().value(),
                        "name",
                        model.body().name()));
        return model;
    }

    /** What searches find it by, but for what is logged to it. */
    static void attributes(Change change, Entity<LoggedModelId, LoggedModel> model) {
        LoggedModel body = model.body();
        text(change, model, "name", body.name());
        text(change, model, "status", body.status().name());
        number(change, model, "creation_timestamp", model.created());
        number(change, model, "last_updated_timestamp", model.updated());
        if (body.type() != null) {
            text(change, model, "model_type", body.type());
        }
        if (body.sourceRun() != null) {
            text(change, model, "source_run_id", body.sourceRun().value());
        }
        if (body.deleted() != null) {
            number(change, model, DELETED, body.deleted());
        }
    }

    static void params(Change change, Entity<LoggedModelId, LoggedModel> model, List<Param> params) {
        params.forEach(param -> facet(change, model, text(FacetKind.PARAM, param, 0)));
    }

    /** @param time the greatest wins */
    static void tags(Change change, Entity<LoggedModelId, LoggedModel> model, List<Param> tags, long time) {
        tags.forEach(tag -> facet(change, model, text(FacetKind.TAG, tag, time)));
    }

    private static Facet text(FacetKind kind, Param text, long time) {
        return new Facet(kind, text.key(), new Facet.Value.Text(text.value()), 0, time);
    }

    private static void text(Change change, Entity<LoggedModelId, LoggedModel> model, String key, String value) {
        attribute(change, model, key, new Facet.Value.Text(value));
    }

    private static void number(Change change, Entity<LoggedModelId, LoggedModel> model, String key, long value) {
        attribute(change, model, key, new Facet.Value.Num(value));
    }

    /** The revision is the step, so that the value of the newest revision wins. */
    private static void attribute(
            Change change, Entity<LoggedModelId, LoggedModel> model, String key, Facet.Value value) {
        facet(change, model, new Facet(FacetKind.ATTRIBUTE, key, value, model.revision(), model.updated()));
    }

    static void facet(Change change, Entity<LoggedModelId, LoggedModel> model, Facet facet) {
        change.facet(ref(model.id()), model.body().experiment(), facet);
    }
}
