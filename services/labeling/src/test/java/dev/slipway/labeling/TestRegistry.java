package dev.slipway.labeling;

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

/** The part of a registry that labeling asks: model versions, held in memory. */
@Singleton
class TestRegistry implements RegistryApi {
    private final Map<ModelVersionId, Entity<ModelVersionId, ModelVersion>> versions = new ConcurrentHashMap<>();
    private final IdGenerator ids = new IdGenerator();

    ModelVersionId add(Digest onnx, List<String> classes, List<Integer> inputShape) {
        ModelVersionId id = ids.next(ModelVersionId::new);
        ModelVersion version = new ModelVersion(
                ids.next(ModelId::new),
                versions.size() + 1,
                ids.next(RunId::new),
                ids.next(DatasetVersionId::new),
                onnx,
                classes,
                inputShape,
                List.of(),
                null,
                VersionDetails.NONE);
        versions.put(id, new Entity<>(id, 1, 0, 0, version));
        return id;
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> version(ModelVersionId id) {
        return versions.get(id);
    }

    @Override
    public List<Entity<ModelVersionId, ModelVersion>> versions(List<ModelVersionId> wanted) {
        return wanted.stream().filter(versions::containsKey).map(versions::get).toList();
    }

    @Override
    public Entity<ModelId, Model> createModel(CreateModel request) {
        throw unneeded();
    }

    @Override
    public Entity<ModelId, Model> model(ModelId id) {
        throw unneeded();
    }

    @Override
    public Entity<ModelId, Model> modelNamed(String name) {
        throw unneeded();
    }

    @Override
    public List<Entity<ModelId, Model>> models(List<ModelId> wanted) {
        throw unneeded();
    }

    @Override
    public Page<Entity<ModelId, Model>> listModels(int limit, @Nullable String cursor) {
        throw unneeded();
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> register(RegisterVersion request) {
        throw unneeded();
    }

    @Override
    public Page<Entity<ModelVersionId, ModelVersion>> listVersions(ModelId id, int limit, @Nullable String cursor) {
        throw unneeded();
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> attachFile(ModelVersionId id, ModelFile file) {
        throw unneeded();
    }

    @Override
    public Entity<JobId, Job> release(ModelVersionId id, ReleaseVersion request) {
        throw unneeded();
    }

    @Override
    public List<Entity<ReleaseId, Release>> releases(List<ReleaseId> wanted) {
        throw unneeded();
    }

    @Override
    public Page<Entity<ReleaseId, Release>> listReleases(ModelId id, int limit, @Nullable String cursor) {
        throw unneeded();
    }

    @Override
    public List<Entity<ChannelId, Channel>> channels(ModelId id) {
        throw unneeded();
    }

    private static UnsupportedOperationException unneeded() {
        return new UnsupportedOperationException("labeling does not ask this");
    }

    @Override
    public Entity<ModelId, Model> setPolicy(ModelId id, SetPolicy request) {
        throw new UnsupportedOperationException();
    }
}
