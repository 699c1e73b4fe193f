package dev.slipway.monitoring;

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
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** A registry that holds in memory what a test puts there; nothing else can be asked of it. */
@Singleton
class TestingRegistry implements RegistryApi {
    final Map<Id, Entity<ModelId, Model>> models = new ConcurrentHashMap<>();
    final Map<Id, Entity<ModelVersionId, ModelVersion>> versions = new ConcurrentHashMap<>();
    final Map<Id, Entity<ReleaseId, Release>> releases = new ConcurrentHashMap<>();
    final Map<Id, Entity<ChannelId, Channel>> channels = new ConcurrentHashMap<>();

    @Override
    public List<Entity<ModelId, Model>> models(List<ModelId> ids) {
        return ids.stream().map(models::get).filter(Objects::nonNull).toList();
    }

    @Override
    public List<Entity<ModelVersionId, ModelVersion>> versions(List<ModelVersionId> ids) {
        return ids.stream().map(versions::get).filter(Objects::nonNull).toList();
    }

    @Override
    public List<Entity<ReleaseId, Release>> releases(List<ReleaseId> ids) {
        return ids.stream().map(releases::get).filter(Objects::nonNull).toList();
    }

    @Override
    public List<Entity<ChannelId, Channel>> channels(ModelId id) {
        return channels.values().stream()
                .filter(channel -> channel.body().model().equals(id))
                .toList();
    }

    @Override
    @Nullable
    public Entity<ModelId, Model> model(ModelId id) {
        return models.get(id);
    }

    @Override
    @Nullable
    public Entity<ModelVersionId, ModelVersion> version(ModelVersionId id) {
        return versions.get(id);
    }

    @Override
    public Entity<ModelId, Model> createModel(CreateModel request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<ModelId, Model> modelNamed(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<ModelId, Model>> listModels(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> register(RegisterVersion request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<ModelVersionId, ModelVersion>> listVersions(ModelId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> attachFile(ModelVersionId id, ModelFile file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<JobId, Job> release(ModelVersionId id, ReleaseVersion request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<ReleaseId, Release>> listReleases(ModelId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<ModelId, Model> setPolicy(ModelId id, SetPolicy request) {
        throw new UnsupportedOperationException();
    }
}
