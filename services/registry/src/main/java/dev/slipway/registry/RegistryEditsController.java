package dev.slipway.registry;

import dev.slipway.api.registry.AliasName;
import dev.slipway.api.registry.Describe;
import dev.slipway.api.registry.EditTag;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelTags;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegistryEditsApi;
import dev.slipway.api.registry.VersionTags;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.runtime.entity.Entities;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The contract of descriptions, tags and aliases. */
@Controller(RegistryEditsApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class RegistryEditsController implements RegistryEditsApi {
    /** How people name a version. */
    private record Named(String model, int number) {}

    private final Entities entities;
    private final Models models;
    private final ModelEdits modelEdits;
    private final VersionEdits versionEdits;
    private final TagEdits tagEdits;
    private final Tags tags;
    private final Aliases aliases;

    RegistryEditsController(
            Entities entities,
            Models models,
            ModelEdits modelEdits,
            VersionEdits versionEdits,
            TagEdits tagEdits,
            Tags tags,
            Aliases aliases) {
        this.entities = entities;
        this.models = models;
        this.modelEdits = modelEdits;
        this.versionEdits = versionEdits;
        this.tagEdits = tagEdits;
        this.tags = tags;
        this.aliases = aliases;
    }

    private String name(ModelId id) {
        return models.live(id).body().name();
    }

    private Named named(ModelVersionId id) {
        ModelVersion version = entities.get(RegistryKinds.VERSION, id).body();
        return new Named(name(version.model()), version.number());
    }

    @Override
    public Entity<ModelId, Model> describe(ModelId id, Describe request) {
        return modelEdits.describe(name(id), request.description());
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> describeVersion(ModelVersionId id, Describe request) {
        Named version = named(id);
        return versionEdits.describe(version.model(), version.number(), request.description());
    }

    @Override
    public void tag(ModelId id, EditTag request) {
        if (request.value() == null) {
            tagEdits.remove(name(id), request.key());
        } else {
            tagEdits.set(name(id), request.key(), request.value());
        }
    }

    @Override
    public void tagVersion(ModelVersionId id, EditTag request) {
        Named version = named(id);
        if (request.value() == null) {
            tagEdits.remove(version.model(), version.number(), request.key());
        } else {
            tagEdits.set(version.model(), version.number(), request.key(), request.value());
        }
    }

    @Override
    public Entity<ModelId, Model> setAlias(ModelVersionId id, AliasName request) {
        Named version = named(id);
        aliases.set(version.model(), request.alias(), version.number());
        return models.named(version.model());
    }

    @Override
    public Entity<ModelId, Model> deleteAlias(ModelId id, AliasName request) {
        aliases.remove(name(id), request.alias());
        return models.live(id);
    }

    @Override
    public List<ModelTags> tags(List<ModelId> ids) {
        List<ModelId> known = entities.getAll(RegistryKinds.MODEL, ids).stream()
                .map(Entity::id)
                .toList();
        return tags.of(known).entrySet().stream()
                .map(entry -> new ModelTags(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public List<VersionTags> versionTags(List<ModelVersionId> ids) {
        List<ModelVersionId> known = entities.getAll(RegistryKinds.VERSION, ids).stream()
                .map(Entity::id)
                .toList();
        return tags.of(known).entrySet().stream()
                .map(entry -> new VersionTags(entry.getKey(), entry.getValue()))
                .toList();
    }
}
