package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.FacetKind;
import jakarta.inject.Singleton;
import java.util.Map;

/** Gives tags to models and versions that are there, and takes them away. */
@Singleton
public final class TagEdits {
    private final Entities entities;
    private final Models models;
    private final VersionLookup versions;
    private final Tags tags;

    TagEdits(Entities entities, Models models, VersionLookup versions, Tags tags) {
        this.entities = entities;
        this.models = models;
        this.versions = versions;
        this.tags = tags;
    }

    public void set(String name, String key, String value) {
        Entity<ModelId, Model> model = models.named(name);
        set(Searchable.ref(model.id()), Searchable.MODELS, key, value, "model.tag-set", EventBodies.of(model));
    }

    public void set(String name, int number, String key, String value) {
        Entity<ModelId, Model> model = models.named(name);
        EntityRef version = Searchable.ref(versions.numbered(model, number).id());
        set(version, Searchable.VERSIONS, key, value, "model-version.tag-set", EventBodies.of(model, number));
    }

    private void set(
            EntityRef entity, EntityId scope, String key, String value, String event, Map<String, String> told) {
        Change change = entities.change();
        tags.set(change, entity, scope, key, value);
        EventBodies.with(EventBodies.with(told, "key", key), "value", value);
        change.event(event, entity, told).commit();
    }

    /** Harmless when there is no such tag. */
    public void remove(String name, String key) {
        Entity<ModelId, Model> model = models.named(name);
        remove(Searchable.ref(model.id()), key, "model.tag-deleted", EventBodies.of(model));
    }

    /** Harmless when there is no such tag. */
    public void remove(String name, int number, String key) {
        Entity<ModelId, Model> model = models.named(name);
        EntityRef version = Searchable.ref(versions.numbered(model, number).id());
        remove(version, key, "model-version.tag-deleted", EventBodies.of(model, number));
    }

    private void remove(EntityRef entity, String key, String event, Map<String, String> told) {
        ModelNames.checkKey(key);
        Change change = entities.change();
        change.remove(entity, FacetKind.TAG, key)
                .event(event, entity, EventBodies.with(told, "key", key))
                .commit();
    }
}
