package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Stage;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;

/** Describes versions, moves them between stages and deletes them. */
@Singleton
public final class VersionEdits {
    private final Entities entities;
    private final Models models;
    private final VersionLookup versions;
    private final Delivered delivered;

    VersionEdits(Entities entities, Models models, VersionLookup versions, Delivered delivered) {
        this.entities = entities;
        this.models = models;
        this.versions = versions;
        this.delivered = delivered;
    }

    public Entity<ModelVersionId, ModelVersion> describe(String name, int number, @Nullable String description) {
        Texts.checkDescription(description);
        return Retries.onConflict(() -> {
            Entity<ModelId, Model> model = models.named(name);
            Entity<ModelVersionId, ModelVersion> version = versions.numbered(model, number);
            Change change = entities.change();
            Entity<ModelVersionId, ModelVersion> described = Searchable.updateVersion(
                    change,
                    version.with(body -> VersionBodies.with(body, body.details().describedAs(description))));
            change.event(
                            "model-version.described",
                            Searchable.ref(version.id()),
                            EventBodies.with(EventBodies.of(model, number), "description", description))
                    .commit();
            return described;
        });
    }

    /**
     * Moves the version to a stage.
     *
     * @param archiveOthers whether all other versions of that stage are archived, of at most 1000
     */
    public Entity<ModelVersionId, ModelVersion> move(String name, int number, Stage stage, boolean archiveOthers) {
        if (archiveOthers && stage != Stage.STAGING && stage != Stage.PRODUCTION) {
            throw SlipwayException.invalid(
                    "model-version.stage",
                    "The other versions of the stage " + stage.label()
                            + " can't be archived, only those of Staging and Production.");
        }
        return Retries.onConflict(() -> {
            Entity<ModelId, Model> model = models.named(name);
            Entity<ModelVersionId, ModelVersion> version = versions.numbered(model, number);
            Change change = entities.change();
            if (archiveOthers) {
                versions.inStage(model.id(), stage, Page.MAX_LIMIT).stream()
                        .filter(other -> !other.id().equals(version.id()))
                        .forEach(other -> move(change, model, other, Stage.ARCHIVED));
            }
            Entity<ModelVersionId, ModelVersion> moved = move(change, model, version, stage);
            Searchable.update(change, model);
            change.commit();
            return moved;
        });
    }

    private static Entity<ModelVersionId, ModelVersion> move(
            Change change, Entity<ModelId, Model> model, Entity<ModelVersionId, ModelVersion> version, Stage stage) {
        change.event(
                "model-version.moved",
                Searchable.ref(version.id()),
                EventBodies.with(EventBodies.of(model, version.body().number()), "stage", stage.label()));
        return Searchable.updateVersion(
                change,
                version.with(body -> VersionBodies.with(body, body.details().in(stage))));
    }

    /**
     * Deletes a version and its aliases. It is kept for the lineage of what was made of it, and its number is never used
     * again. Fails with {@code model-version.state} when a channel delivers it.
     */
    public void delete(String name, int number) {
        Retries.onConflict(() -> {
            Entity<ModelId, Model> model = models.named(name);
            Entity<ModelVersionId, ModelVersion> version = versions.numbered(model, number);
            delivered.refuse(model, version.id());
            Change change = entities.change();
            markDeleted(change, model, version);
            Searchable.update(change, model.with(body -> ModelBodies.withoutAliasesOf(body, version.id())));
            change.commit();
            return version;
        });
    }

    void markDeleted(Change change, Entity<ModelId, Model> model, Entity<ModelVersionId, ModelVersion> version) {
        Searchable.updateVersion(
                change,
                version.with(body -> VersionBodies.with(body, body.details().deletedAt(change.now()))));
        change.event(
                "model-version.deleted",
                Searchable.ref(version.id()),
                EventBodies.of(model, version.body().number()));
    }
}
