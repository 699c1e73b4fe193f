package dev.slipway.registry;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.registry.Channel;
import dev.slipway.api.registry.CreateModel;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegisterVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.registry.Release;
import dev.slipway.api.registry.ReleaseVersion;
import dev.slipway.api.registry.SetPolicy;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ChannelId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The registry service's contract. */
@Controller(RegistryApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class RegistryController implements RegistryApi {
    private final Models models;
    private final Versions versions;
    private final ReleaseStart releases;
    private final Entities entities;

    RegistryController(Models models, Versions versions, ReleaseStart releases, Entities entities) {
        this.models = models;
        this.versions = versions;
        this.releases = releases;
        this.entities = entities;
    }

    @Override
    public Entity<ModelId, Model> createModel(CreateModel request) {
        return models.create(request);
    }

    @Override
    public Entity<ModelId, Model> setPolicy(ModelId id, SetPolicy request) {
        return models.setPolicy(id, request);
    }

    @Override
    public @Nullable Entity<ModelId, Model> model(ModelId id) {
        return entities.find(RegistryKinds.MODEL, id).orElse(null);
    }

    @Override
    public @Nullable Entity<ModelId, Model> modelNamed(String name) {
        return models.find(name).orElse(null);
    }

    @Override
    public List<Entity<ModelId, Model>> models(List<ModelId> ids) {
        return entities.getAll(RegistryKinds.MODEL, ids);
    }

    @Override
    public Page<Entity<ModelId, Model>> listModels(int limit, @Nullable String cursor) {
        return entities.query(RegistryKinds.MODEL, RegistryKinds.ALL, List.of(), true, limit, cursor);
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> register(RegisterVersion request) {
        return versions.register(request);
    }

    @Override
    public @Nullable Entity<ModelVersionId, ModelVersion> version(ModelVersionId id) {
        return entities.find(RegistryKinds.VERSION, id).orElse(null);
    }

    @Override
    public List<Entity<ModelVersionId, ModelVersion>> versions(List<ModelVersionId> ids) {
        return entities.getAll(RegistryKinds.VERSION, ids);
    }

    @Override
    public Page<Entity<ModelVersionId, ModelVersion>> listVersions(ModelId id, int limit, @Nullable String cursor) {
        return entities.query(
                RegistryKinds.VERSION, RegistryKinds.OF_MODEL, List.of(IndexValue.of(id)), true, limit, cursor);
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> attachFile(ModelVersionId id, ModelFile file) {
        return versions.attach(id, file);
    }

    @Override
    public Entity<JobId, Job> release(ModelVersionId id, ReleaseVersion request) {
        return releases.start(id, request);
    }

    @Override
    public List<Entity<ReleaseId, Release>> releases(List<ReleaseId> ids) {
        return entities.getAll(RegistryKinds.RELEASE, ids);
    }

    @Override
    public Page<Entity<ReleaseId, Release>> listReleases(ModelId id, int limit, @Nullable String cursor) {
        return entities.query(
                RegistryKinds.RELEASE, RegistryKinds.OF_MODEL, List.of(IndexValue.of(id)), true, limit, cursor);
    }

    @Override
    public List<Entity<ChannelId, Channel>> channels(ModelId id) {
        return entities.query(
                        RegistryKinds.CHANNEL,
                        RegistryKinds.OF_MODEL,
                        List.of(IndexValue.of(id)),
                        false,
                        Page.MAX_LIMIT,
                        null)
                .items();
    }
}
