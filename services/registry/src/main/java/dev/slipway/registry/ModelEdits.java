package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;

/** Describes, renames and deletes models. */
@Singleton
public final class ModelEdits {
    /** So many versions are deleted in one batch; the last batch deletes the model. */
    private static final int DELETED_AT_ONCE = 500;

    private final Entities entities;
    private final Models models;
    private final VersionLookup versions;
    private final VersionEdits versionEdits;
    private final Delivered delivered;

    ModelEdits(
            Entities entities, Models models, VersionLookup versions, VersionEdits versionEdits, Delivered delivered) {
        this.entities = entities;
        this.models = models;
        this.versions = versions;
        this.versionEdits = versionEdits;
        this.delivered = delivered;
    }

    public Entity<ModelId, Model> describe(String name, @Nullable String description) {
        Texts.checkDescription(description);
        return Retries.onConflict(() -> {
            Entity<ModelId, Model> model = models.named(name);
            Change change = entities.change();
            Entity<ModelId, Model> described =
                    Searchable.update(change, model.with(body -> ModelBodies.described(body, description)));
            change.event(
                            "model.described",
                            Searchable.ref(model.id()),
                            EventBodies.with(EventBodies.of(model), "description", description))
                    .commit();
            return described;
        });
    }

    /** Fails with {@code model.exists} when another has the name, with {@code model.state} when devices know the old one. */
    public Entity<ModelId, Model> rename(String name, String newName) {
        ModelNames.checkName(newName);
        return Retries.onConflict(() -> {
            Entity<ModelId, Model> model = models.named(name);
            if (name.equals(newName)) {
                return model;
            }
            delivered.refuse(model, "renamed");
            if (models.find(newName).isPresent()) {
                throw Models.exists(newName);
            }
            Change change = entities.change();
            Entity<ModelId, Model> renamed =
                    Searchable.update(change, model.with(body -> ModelBodies.named(body, newName)));
            renameVersions(change, renamed);
            change.claim(new ClaimChange.Release(
                            RegistryClaims.model(name), model.id().value()))
                    .take(RegistryClaims.model(newName), model.id())
                    .event(
                            "model.renamed",
                            Searchable.ref(model.id()),
                            EventBodies.with(EventBodies.of(renamed), "before", name))
                    .commit();
            return renamed;
        });
    }

    private void renameVersions(Change change, Entity<ModelId, Model> model) {
        String cursor = null;
        do {
            Page<Entity<ModelVersionId, ModelVersion>> page = entities.query(
                    RegistryKinds.VERSION,
                    RegistryKinds.OF_MODEL,
                    List.of(IndexValue.of(model.id())),
                    false,
                    Page.MAX_LIMIT,
                    cursor);
            page.items().forEach(version -> Searchable.rename(change, version.id(), model));
            cursor = page.next().orElse(null);
        } while (cursor != null);
    }

    /**
     * Deletes the model with its versions, which are kept for the lineage of what was made of them; its name is free from
     * then on. Fails with {@code model.state} when it has a channel.
     */
    public void delete(String name) {
        Entity<ModelId, Model> named = models.named(name);
        boolean done = false;
        while (!done) {
            done = Retries.onConflict(() -> deleteSome(named.id()));
        }
    }

    private boolean deleteSome(ModelId id) {
        Entity<ModelId, Model> model = models.live(id);
        delivered.refuse(model, "deleted");
        List<Entity<ModelVersionId, ModelVersion>> some = versions.newest(id, DELETED_AT_ONCE);
        boolean last = some.size() < DELETED_AT_ONCE;
        Change change = entities.change();
        // Every batch writes the model, so that no version is registered or released unseen meanwhile.
        Entity<ModelId, Model> left = model;
        for (Entity<ModelVersionId, ModelVersion> version : some) {
            versionEdits.markDeleted(change, model, version);
            left = left.with(body -> ModelBodies.withoutAliasesOf(body, version.id()));
        }
        if (last) {
            left = left.with(body -> ModelBodies.deleted(body, change.now()));
            change.claim(new ClaimChange.Release(
                            RegistryClaims.model(model.body().name()), id.value()))
                    .event("model.deleted", Searchable.ref(id), EventBodies.of(model));
        }
        Searchable.update(change, left);
        change.commit();
        return last;
    }
}
