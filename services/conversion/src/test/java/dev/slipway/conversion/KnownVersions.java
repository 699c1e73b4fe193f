package dev.slipway.conversion;

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
import dev.slipway.api.registry.VersionDetails;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ChannelId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Model versions and the files attached to them, as far as a conversion asks for them. */
@Singleton
class KnownVersions implements RegistryApi {
    private final Map<ModelVersionId, ModelVersion> versions = new ConcurrentHashMap<>();
    private final List<ModelFile> attached = new CopyOnWriteArrayList<>();
    private final IdGenerator ids;

    KnownVersions(IdGenerator ids) {
        this.ids = ids;
    }

    ModelVersionId add(Digest onnx, DatasetVersionId dataset, List<Integer> inputShape) {
        ModelVersionId id = ids.next(ModelVersionId::new);
        versions.put(
                id,
                new ModelVersion(
                        ids.next(ModelId::new),
                        1,
                        ids.next(RunId::new),
                        dataset,
                        onnx,
                        List.of("a", "b", "c"),
                        inputShape,
                        List.of(),
                        null,
                        VersionDetails.NONE));
        return id;
    }

    List<ModelFile> attached() {
        return List.copyOf(attached);
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> version(ModelVersionId id) {
        ModelVersion version = versions.get(id);
        return version == null ? null : new Entity<>(id, 1, 0, 0, version);
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> attachFile(ModelVersionId id, ModelFile file) {
        attached.add(file);
        return version(id);
    }

    @Override
    public Entity<ModelId, Model> createModel(CreateModel request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<ModelId, Model> model(ModelId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<ModelId, Model> modelNamed(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<ModelId, Model>> models(List<ModelId> wanted) {
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
    public List<Entity<ModelVersionId, ModelVersion>> versions(List<ModelVersionId> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<ModelVersionId, ModelVersion>> listVersions(ModelId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<JobId, Job> release(ModelVersionId id, ReleaseVersion request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<ReleaseId, Release>> releases(List<ReleaseId> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<ReleaseId, Release>> listReleases(ModelId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<ChannelId, Channel>> channels(ModelId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<ModelId, Model> setPolicy(ModelId id, SetPolicy request) {
        throw new UnsupportedOperationException();
    }
}
